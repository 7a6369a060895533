using System.Buffers;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage;

/// <summary>What is known of a customer, joined with what is told.</summary>
internal static class CustomerMerge
{
    /// <summary>A new customer of a draft.</summary>
    public static Customer New(CustomerDraft draft, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Name = draft.Name ?? "",
        GivenName = draft.GivenName ?? "",
        Locale = Known(draft.Locale, draft.DefaultLocale),
        TimeZone = Known(draft.TimeZone, draft.DefaultTimeZone),
        ContactPoints = Joined([], draft.ContactPoints, point => point.Channel),
        ExternalIds = Joined([], draft.ExternalIds, id => id.Connection),
        Attributes = Attributes(Json.EmptyObject, draft.Attributes),
        GoneAt = draft.Gone == true ? now : null,
        CreatedAt = now,
        ChangedAt = now,
    };

    /// <summary>The customer with the draft's fields; the same object where there is nothing new.</summary>
    /// <param name="known">What is stored.</param>
    /// <param name="draft">What is told.</param>
    /// <param name="ownIds">The draft's ids that are not another customer's.</param>
    /// <param name="now">When.</param>
    public static Customer Changed(Customer known, CustomerDraft draft, IReadOnlyList<ExternalId> ownIds, DateTimeOffset now)
    {
        var changed = known with
        {
            Name = Known(draft.Name, known.Name),
            GivenName = Known(draft.GivenName, known.GivenName),
            Locale = Known(draft.Locale, known.Locale),
            TimeZone = Known(draft.TimeZone, known.TimeZone),
            ContactPoints = Joined(known.ContactPoints, draft.ContactPoints, point => point.Channel),
            ExternalIds = Joined(known.ExternalIds, ownIds, id => id.Connection),
            Attributes = Attributes(known.Attributes, draft.Attributes),
            GoneAt = draft.Gone switch { true => known.GoneAt ?? now, false => null, null => known.GoneAt },
        };
        return Same(known, changed) ? known : changed with { ChangedAt = now };
    }

    /// <summary>Members of one object over those of another; a null removes. Gives the first object where that changes nothing.</summary>
    public static JsonElement Attributes(JsonElement known, JsonElement told)
    {
        if (told.ValueKind != JsonValueKind.Object || told.EnumerateObject().All(member => Stands(known, member)))
            return known;
        // A name may stand in an object twice, for JSON; the last one counts.
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in known.EnumerateObject().Concat(told.EnumerateObject()))
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                members.Remove(member.Name);
            else
                members[member.Name] = member.Value;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return StoredForms.ToJson(buffer.WrittenSpan);
    }

    private static bool Stands(JsonElement known, JsonProperty told) =>
        known.TryGetProperty(told.Name, out var value) ? JsonElement.DeepEquals(value, told.Value) : told.Value.ValueKind == JsonValueKind.Null;

    private static string Known(string? told, string known) => string.IsNullOrWhiteSpace(told) ? known : told;

    // Of two that say different things in one draft, the first counts.
    private static List<T> Joined<T, TKey>(IReadOnlyList<T> known, IReadOnlyList<T> told, Func<T, TKey> key)
        where TKey : notnull =>
        [.. told.Concat(known).DistinctBy(key).OrderBy(key)];

    private static bool Same(Customer known, Customer changed) =>
        known.Name == changed.Name && known.GivenName == changed.GivenName && known.Locale == changed.Locale
        && known.TimeZone == changed.TimeZone && known.GoneAt == changed.GoneAt
        && known.ContactPoints.ToHashSet().SetEquals(changed.ContactPoints)
        && known.ExternalIds.ToHashSet().SetEquals(changed.ExternalIds)
        && JsonElement.DeepEquals(known.Attributes, changed.Attributes);
}
