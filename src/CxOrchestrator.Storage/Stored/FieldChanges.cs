using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage;

/// <summary>
/// The events that tell which watched fields of a customer a draft has changed. They are stored in the transaction of the change, so that one change is one
/// event: a draft that comes again changes nothing and tells nothing.
/// </summary>
internal static class FieldChanges
{
    /// <summary>The events. What a source tells of somebody for the first time is no change: a CRM that is connected changes nobody.</summary>
    /// <param name="known">The customer before.</param>
    /// <param name="changed">The customer now.</param>
    /// <param name="draft">What was told.</param>
    /// <param name="now">When.</param>
    public static IEnumerable<CustomerEvent> Of(Customer known, Customer changed, CustomerDraft draft, DateTimeOffset now)
    {
        if (draft.Watched.Count == 0 || !draft.ExternalIds.All(known.ExternalIds.Contains))
            yield break;
        var (before, after) = (TemplateModels.Of(known), TemplateModels.Of(changed));
        foreach (var field in draft.Watched.Order(StringComparer.Ordinal))
        {
            var (from, to) = (Value(before, field), Value(after, field));
            if (from != to)
                yield return Event(changed, field, from, to, draft.ExternalIds[0].Connection, now);
        }
    }

    private static CustomerEvent Event(Customer customer, string field, string from, string to, string by, DateTimeOffset now)
    {
        var id = Ids.New(now);
        var data = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["field"] = field, ["from"] = StoredForms.ToJson(from), ["to"] = StoredForms.ToJson(to), ["by"] = by,
        };
        return new CustomerEvent
        {
            Id = id,
            Source = EventTypes.OwnSource,
            SourceId = $"changed/{id:N}",
            Type = EventTypes.Changed(field),
            Subject = customer.Id.ToString("N"),
            CustomerId = customer.Id,
            Time = now,
            ReceivedAt = now,
            Data = JsonSerializer.SerializeToElement(data),
        };
    }

    // A field as conditions see it; one that isn't there is null.
    private static string Value(IReadOnlyDictionary<string, object?> customer, string field) => JsonSerializer.Serialize(customer.GetValueOrDefault(field));
}
