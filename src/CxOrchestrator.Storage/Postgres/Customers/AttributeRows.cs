using System.Runtime.InteropServices;
using System.Text.Json;
using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Attributes of <c>customers</c> that steps set. Nearly always nobody has touched them since the walk read them: they are written at once where they are still
/// what was read, and only the others are locked, read and merged anew.
/// </summary>
internal static class AttributeRows
{
    private const string Lock = "select id, attributes from customers where id = any($1) order by id for update";

    private static readonly RowSet<Merged> Rows = Columns();

    private static readonly string Set =
        $"update customers c set attributes = v.attributes, changed_at = v.changed_at from {Rows.Table} where c.id = v.id";

    private static readonly RowSet<Merged> FromKnown = Columns().Text("known", one => StoredForms.ToText(one.Known));

    private static readonly string SetFromKnown = $"""
        update customers c set attributes = v.attributes, changed_at = v.changed_at from {FromKnown.Table}
        where c.id = v.id and c.attributes = v.known returning c.id
        """;

    /// <summary>Merges attributes into customers that exist.</summary>
    public static async Task MergeAsync(PgSession session, IReadOnlyList<AttributeChange> changes)
    {
        if (changes.Count == 0)
            return;
        var changed = await SetFromKnownAsync(session, changes);
        changed.UnionWith(await SetUnderLockAsync(session, changed.Count == 0 ? changes : [.. changes.Where(one => !changed.Contains(one.CustomerId))]));
        await MomentRows.NoteAsync(session, changed);
    }

    // In one order by all nodes, or two that change the same customers would wait for each other.
    private static async Task<HashSet<Guid>> SetFromKnownAsync(PgSession session, IReadOnlyList<AttributeChange> changes)
    {
        var merged = new Dictionary<Guid, Merged>(changes.Count);
        var unsure = new HashSet<Guid>();
        foreach (var change in changes)
        {
            var first = merged.GetValueOrDefault(change.CustomerId);
            if (change.Known is not { ValueKind: JsonValueKind.Object } known || (first is not null && !Same(known, first.Known)))
                unsure.Add(change.CustomerId);
            else
                merged[change.CustomerId] = new Merged(change.CustomerId, known, CustomerMerge.Attributes(first?.Attributes ?? known, change.Attributes), change.At);
        }

        // What seems to stand already may have become something else.
        var rows = merged.Values.Where(one => !unsure.Contains(one.Customer) && !Same(one.Attributes, one.Known))
            .OrderBy(one => one.Customer, InOrderOfTime.Keys).ToList();
        return rows.Count == 0 ? [] : (await session.Use(SetFromKnown).Add(FromKnown, rows).AllAsync(row => row.Guid(0))).ToHashSet();
    }

    private static async Task<IEnumerable<Guid>> SetUnderLockAsync(PgSession session, IReadOnlyList<AttributeChange> changes)
    {
        if (changes.Count == 0)
            return [];
        var stand = (await session.Use(Lock).Add(changes.Select(change => change.CustomerId).Distinct())
            .AllAsync(row => (Id: row.Guid(0), Attributes: row.Json(1)))).ToDictionary(one => one.Id, one => one.Attributes);
        var changed = new Dictionary<Guid, Merged>();
        foreach (var change in changes)
        {
            if (!stand.TryGetValue(change.CustomerId, out var attributes))
                continue;
            var merged = CustomerMerge.Attributes(attributes, change.Attributes);
            if (Same(merged, attributes))
                continue;
            stand[change.CustomerId] = merged;
            changed[change.CustomerId] = new Merged(change.CustomerId, attributes, merged, change.At);
        }

        if (changed.Count > 0)
            await session.Use(Set).Add(Rows, [.. changed.Values]).ExecuteAsync();
        return changed.Keys;
    }

    private static bool Same(JsonElement one, JsonElement other) => JsonMarshal.GetRawUtf8Value(one).SequenceEqual(JsonMarshal.GetRawUtf8Value(other));

    private static RowSet<Merged> Columns() => new RowSet<Merged>()
        .Key("id", one => one.Customer).Text("attributes", one => StoredForms.ToText(one.Attributes)).Time("changed_at", one => one.At);

    private sealed record Merged(Guid Customer, JsonElement Known, JsonElement Attributes, DateTimeOffset At);
}
