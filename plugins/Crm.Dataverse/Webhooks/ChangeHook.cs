using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Incidents;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Webhooks;

/// <summary>
/// Takes the calls of the steps that setup registers. A call is a hint to read again: it is retried once at most, and a body of more than 256 KB comes
/// without its content.
/// </summary>
internal sealed class ChangeHook(WebhookKeyCheck key, OwnUser self, TimeProvider clock)
{
    /// <summary>Checks the key, then reads.</summary>
    public WebhookResult Receive(WebhookRequest request)
    {
        if (!key.Holds(request))
            return WebhookResult.Refused;
        if (request.Method != "POST")
            return new WebhookResult(true, [], 405);
        if (Parse(request.Body) is not { } context)
            return new WebhookResult(true, [], 400, "the body is no execution context");
        try
        {
            // What we wrote ourselves need not be read again.
            if (self.IsOwn(ContextJson.Id(context, "InitiatingUserId")))
                return WebhookResult.Taken();
            return EventOf(context) is { } told ? WebhookResult.Taken(told) : WebhookResult.Taken();
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode passes the parser, and shows when it is asked for.
            return new WebhookResult(true, [], 400, "the body is no execution context");
        }
    }

    private ConnectorEvent? EventOf(JsonElement context)
    {
        if (ContextJson.Id(context, "PrimaryEntityId") is not { } row)
            return null;
        var time = ContextJson.Moment(ContextJson.Text(context, "OperationCreatedOn")) ?? clock.GetUtcNow();
        return ContextJson.Text(context, "PrimaryEntityName") switch
        {
            PersonRef.Contact or PersonRef.Account => new ConnectorEvent(
                IdOf(context, row), ServiceFacts.CrmChanged, new PersonRef(ContextJson.Text(context, "PrimaryEntityName")!, row).ToString(), time, Data([])),
            Cases.Name => new ConnectorEvent(IdOf(context, row), ServiceFacts.TicketChanged, CustomerOf(context), time, Data(Ticket(context, row))),
            _ => null,
        };
    }

    // There is no delivery id: the operation, the row and the stage make one, the same for the one repetition.
    private static string IdOf(JsonElement context, Guid row)
    {
        var operation = ContextJson.Id(context, "OperationId") ?? ContextJson.Id(context, "CorrelationId") ?? Guid.Empty;
        return $"{operation:D}/{row:D}/{ContextJson.Text(context, "MessageName")}/{ContextJson.Number(context, "Stage") ?? 0}";
    }

    private static Dictionary<string, object> Ticket(JsonElement context, Guid row)
    {
        var data = new Dictionary<string, object> { ["ticket"] = row.ToString("D") };
        // An update names changed columns alone; a state that is not among them has to be read.
        if (ContextJson.Text(context, "MessageName") == "Delete")
            data["state"] = Name(TicketState.Closed);
        else if (Attribute(context, "statecode") is { } state && ContextJson.Number(state, "Value") is { } number)
            data["state"] = Name(Cases.StateOf(number, Reason(context), answered: false));
        return data;
    }

    private static int Reason(JsonElement context) => Attribute(context, "statuscode") is { } reason ? ContextJson.Number(reason, "Value") ?? 1 : 1;

    private static string Name(TicketState state) => state.ToString().ToLowerInvariant();

    private static string CustomerOf(JsonElement context) =>
        Attribute(context, "customerid") is { } customer && ContextJson.Id(customer, "Id") is { } id && ContextJson.Text(customer, "LogicalName") is { } table
            && table is PersonRef.Contact or PersonRef.Account
            ? new PersonRef(table, id).ToString()
            : "";

    private static JsonElement? Attribute(JsonElement context, string name) =>
        ContextJson.In(context, "InputParameters", "Target") is { ValueKind: JsonValueKind.Object } target
            && ContextJson.In(target, "Attributes", name) is { ValueKind: JsonValueKind.Object } value
            ? value
            : null;

    private static JsonElement Data(Dictionary<string, object> values) => JsonSerializer.SerializeToElement(values);

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
