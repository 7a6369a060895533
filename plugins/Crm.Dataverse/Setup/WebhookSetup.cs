using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>The service endpoint that names our webhook, and the steps that call it. Their ids are made from its address, so that none is registered twice.</summary>
internal sealed class WebhookSetup(DataverseWire wire, SetupPlan plan, DataverseSettings settings, Uri? address)
{
    private const int Webhook = 8;
    private const int Json = 2;
    private const int PostOperation = 40;

    private static readonly string[] Messages = ["Create", "Update", "Delete"];

    private Guid EndpointId => RowIds.Of("serviceendpoint", address!.AbsoluteUri);

    /// <summary>An item for the endpoint and for each step.</summary>
    public async Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation)
    {
        if (address is null || settings.WebhookKey is null or { IsEmpty: true })
        {
            var todo = address is null ? "Give the host a public address." : "Set WebhookKey to a long random text.";
            return [new SetupItem("webhook", "Webhook", SetupState.Missing, $"{todo} Without it, changes are seen only when they are asked for.", Optional: true)];
        }

        var endpoint = await IsThereAsync($"serviceendpoints({EndpointId:D})?$select=serviceendpointid", cancellation);
        var items = new List<SetupItem> { Item("webhook", "Webhook (service endpoint)", endpoint) };
        var steps = await wire.ReadAsync(
            ServiceRequest.Get($"sdkmessageprocessingsteps?$select=sdkmessageprocessingstepid&$filter={ODataText.AnyOf("sdkmessageprocessingstepid", Steps.Select(step => step.Id))}"),
            cancellation);
        var there = steps.Json().GetProperty("value").EnumerateArray().Select(row => Values.IdOf(row, "sdkmessageprocessingstepid")).ToHashSet();
        items.AddRange(Steps.Select(step => Item(step.Item, $"Step {step.Message} of {step.Table}", there.Contains(step.Id))));
        return items;
    }

    /// <summary>Makes one of them; null where the id is none of these.</summary>
    public async Task<WriteResult?> CreateAsync(string itemId, CancellationToken cancellation)
    {
        if (address is null || settings.WebhookKey is null or { IsEmpty: true })
            return itemId == "webhook" ? WriteResult.Refused("no-address", "the host has no public address, or WebhookKey is not set") : null;
        if (itemId == "webhook")
            return await MakeAsync(itemId, "serviceendpoints", "serviceendpointid", EndpointId, Endpoint(), cancellation);
        var step = Steps.FirstOrDefault(one => one.Item == itemId);
        if (step.Item is null)
            return null;
        if (await IsThereAsync($"sdkmessageprocessingsteps({step.Id:D})?$select=sdkmessageprocessingstepid", cancellation))
            return WriteResult.Written(itemId);
        if (await FilterAsync(step.Table, step.Message, cancellation) is not var (message, filter))
            return WriteResult.Refused("no-message", $"the table {step.Table} has no message {step.Message}");
        return await MakeAsync(itemId, "sdkmessageprocessingsteps", "sdkmessageprocessingstepid", step.Id, Step(step, message, filter), cancellation);
    }

    private IEnumerable<(string Item, string Table, string Message, Guid Id)> Steps => plan.Tracked.SelectMany(table => Messages.Select(message =>
        ($"webhook:{table}.{message.ToLowerInvariant()}", table, message, RowIds.Of("step", $"{address!.AbsoluteUri} {table} {message}"))));

    private static SetupItem Item(string id, string title, bool there) => there
        ? new SetupItem(id, title, SetupState.Present, Optional: true)
        : new SetupItem(id, title, SetupState.Missing, "Let setup register it. Without it, changes are seen only when they are asked for.", CanCreate: true, Optional: true);

    private JsonObject Endpoint() => new()
    {
        ["name"] = "CX Orchestrator",
        ["contract"] = Webhook,
        ["url"] = address!.AbsoluteUri,
        ["messageformat"] = Json,
        ["authtype"] = (int)settings.WebhookKeyKind,
        ["authvalue"] = AuthValue(),
    };

    // A bare key goes into ?code=; the others are given with their names.
    private string AuthValue()
    {
        var key = settings.WebhookKey!.Reveal();
        return settings.WebhookKeyKind == WebhookKeyKind.WebhookKey
            ? key
            : new System.Xml.Linq.XElement("settings", new System.Xml.Linq.XElement(
                "setting", new System.Xml.Linq.XAttribute("name", settings.WebhookKeyName), new System.Xml.Linq.XAttribute("value", key)))
                .ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
    }

    private JsonObject Step((string Item, string Table, string Message, Guid Id) step, Guid message, Guid filter) => new()
    {
        ["name"] = $"CX Orchestrator: {step.Message} of {step.Table}",
        ["stage"] = PostOperation,
        ["mode"] = 1,
        ["rank"] = 1,
        ["supporteddeployment"] = 0,
        ["asyncautodelete"] = true,
        ["eventhandler_serviceendpoint@odata.bind"] = $"/serviceendpoints({EndpointId:D})",
        ["sdkmessageid@odata.bind"] = $"/sdkmessages({message:D})",
        ["sdkmessagefilterid@odata.bind"] = $"/sdkmessagefilters({filter:D})",
    };

    private async Task<(Guid Message, Guid Filter)?> FilterAsync(string table, string message, CancellationToken cancellation)
    {
        var path = $"sdkmessagefilters?$select=sdkmessagefilterid,_sdkmessageid_value&$filter=primaryobjecttypecode%20eq%20'{table}'%20and%20sdkmessageid/name%20eq%20'{message}'";
        var rows = (await wire.ReadAsync(ServiceRequest.Get(path), cancellation)).Json().GetProperty("value").EnumerateArray().ToList();
        return rows.Count > 0 && Values.IdOf(rows[0], "_sdkmessageid_value") is { } of && Values.IdOf(rows[0], "sdkmessagefilterid") is { } filter ? (of, filter) : null;
    }

    private async Task<WriteResult> MakeAsync(string itemId, string set, string key, Guid id, JsonObject row, CancellationToken cancellation)
    {
        if (await IsThereAsync($"{set}({id:D})?$select={key}", cancellation))
            return WriteResult.Written(itemId);
        row[key] = id.ToString("D");
        return Outcome.Of(await wire.SendAsync(ServiceRequest.Json(HttpMethod.Post, set, row), cancellation), itemId);
    }

    private async Task<bool> IsThereAsync(string path, CancellationToken cancellation)
    {
        var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation, also: 404);
        return reply.Status == 404 ? false : reply.Json().ValueKind == JsonValueKind.Object;
    }
}
