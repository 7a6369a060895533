using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Takes secrets out of what a connector answers, before anybody keeps or shows it: services echo what they were sent, and
/// connectors hand on services' words. Of an outbox nothing is changed, since it holds our own mail.
/// </summary>
internal sealed class AnswerMask(SecretMask mask)
{
    /// <summary>The answer without secrets; the same object where nothing can stand in it.</summary>
    public T Apply<T>(T answer)
    {
        object? clean = answer switch
        {
            SendResult sent => Of(sent),
            WriteResult written => Of(written),
            IReadOnlyList<WriteResult> all => Each(all, Of),
            WebhookResult told => told with { Events = Each(told.Events, Of), ReplyBody = Data(told.ReplyBody) },
            Page<ConnectorEvent> page => new Page<ConnectorEvent>(Each(page.Items, Of), Data(page.NextCursor)),
            Page<CrmPerson> page => new Page<CrmPerson>(Each(page.Items, Of), Data(page.NextCursor)),
            Page<Ticket> page => new Page<Ticket>(Each(page.Items, Of), Data(page.NextCursor)),
            CrmPerson person => Of(person),
            Ticket ticket => Of(ticket),
            HealthReport report => report with { Text = Words(report.Text)!, WhatToDo = Words(report.WhatToDo) },
            IReadOnlyList<SetupItem> items => Each(items, item => item with { Title = Words(item.Title)!, WhatToDo = Words(item.WhatToDo)! }),
            _ => answer,
        };
        return (T)clean!;
    }

    // A plugin may leave null what its contract never leaves null; whoever reads it says so.
    private static IReadOnlyList<TOne> Each<TOne>(IReadOnlyList<TOne> items, Func<TOne, TOne> clean) =>
        items is null ? null! : [.. items.Select(item => item is null ? item : clean(item))];

    private SendResult Of(SendResult result) => result switch
    {
        SendAccepted accepted => accepted with { ProviderId = Data(accepted.ProviderId) },
        SendRejected rejected => rejected with { Code = Words(rejected.Code)!, Text = Words(rejected.Text)! },
        SendDeferred deferred => deferred with { Text = Words(deferred.Text)! },
        SendUnknown unknown => unknown with { Text = Words(unknown.Text)! },
        _ => result,
    };

    private WriteResult Of(WriteResult result) => result switch
    {
        Written written => written with { Id = Data(written.Id)! },
        WriteRefused refused => refused with { Code = Words(refused.Code)!, Text = Words(refused.Text)! },
        WriteRetry retry => retry with { Text = Words(retry.Text)! },
        _ => result,
    };

    private ConnectorEvent Of(ConnectorEvent told) => told with
    {
        Id = Data(told.Id)!,
        Type = Data(told.Type)!,
        PersonId = Data(told.PersonId)!,
        Address = Data(told.Address),
        DeliveryKey = Data(told.DeliveryKey),
        Data = Of(told.Data),
    };

    private CrmPerson Of(CrmPerson person) => person with
    {
        Id = Data(person.Id)!,
        Name = Data(person.Name),
        GivenName = Data(person.GivenName),
        Email = Data(person.Email),
        Phone = Data(person.Phone),
        Locale = Data(person.Locale),
        TimeZone = Data(person.TimeZone),
        Fields = person.Fields is { } fields ? fields.ToDictionary(field => field.Key, field => Of(field.Value)) : person.Fields!,
    };

    private Ticket Of(Ticket ticket) => ticket with { Id = Data(ticket.Id)!, Subject = Data(ticket.Subject)!, Owner = Data(ticket.Owner) };

    private object? Of(object? value) => value switch
    {
        string text => Data(text),
        JsonElement json => Of(json),
        _ => value,
    };

    // Looked at as it reads, since an escape could hide a secret in the text of the JSON.
    private JsonElement Of(JsonElement json)
    {
        if (!Holds(json))
            return json;
        return JsonSerializer.SerializeToElement(Clean(JsonNode.Parse(json.GetRawText())));
    }

    private bool Holds(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Changes(json.GetString()!),
        JsonValueKind.Array => json.EnumerateArray().Any(Holds),
        JsonValueKind.Object => json.EnumerateObject().Any(property => Changes(property.Name) || Holds(property.Value)),
        _ => false,
    };

    private JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(Data(member.Key)!, Clean(member.Value))).DistinctBy(member => member.Key)),
        JsonArray items => new JsonArray([.. items.Select(Clean)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Data(text)),
        _ => node?.DeepClone(),
    };

    private bool Changes(string text) => !ReferenceEquals(Data(text), text);

    private string? Words(string? text) => text is null ? null : mask.Apply(text);

    private string? Data(string? text) => text is null ? null : mask.InData(text);
}
