using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>customers</c>, <c>contact_points</c> and <c>external_ids</c>, many customers at once.</summary>
internal static class CustomerRows
{
    // An index holds a text of some 2,700 bytes at most, and nobody types that much of a name into a search.
    private const int SearchedLetters = 200;

    private const string Select = $"select {StoredCustomer.Columns} from customers where id = any($1) order by id";

    private const string SelectRows = $"select {StoredCustomer.ColumnsOfRow} from customers where id = any($1) order by id";

    private const string SelectPoints = "select customer_id, channel, address from contact_points where customer_id = any($1) order by customer_id, channel";

    private const string SelectIds = "select customer_id, connection, value from external_ids where customer_id = any($1) order by customer_id, connection";

    private static readonly RowSet<Customer> Customers = new RowSet<Customer>()
        .Key("id", one => one.Id).Text("name", one => one.Name).Text("given_name", one => one.GivenName).Text("locale", one => one.Locale)
        .Text("time_zone", one => one.TimeZone).Text("attributes", one => StoredForms.ToText(one.Attributes))
        .Time("created_at", one => one.CreatedAt).Time("changed_at", one => one.ChangedAt).Time("gone_at", one => one.GoneAt)
        .Text("name_folded", one => Folded(one.Name));

    private static readonly string Upsert = $"""
        insert into customers ({Customers.Names}) select {Customers.Names} from {Customers.Table}
        on conflict (id) do update set name = excluded.name, given_name = excluded.given_name, locale = excluded.locale,
          time_zone = excluded.time_zone, attributes = excluded.attributes, changed_at = excluded.changed_at,
          gone_at = excluded.gone_at, name_folded = excluded.name_folded
        """;

    /// <summary>A text as it is searched for.</summary>
    public static string Folded(string text)
    {
        var folded = StoredCustomer.Folded(text);
        return folded.Length <= SearchedLetters ? folded : folded[..SearchedLetters];
    }

    /// <summary>Those that exist, in the order of their keys, with these parts.</summary>
    public static Task<List<Customer>> FindAsync(PgSession session, IReadOnlyCollection<Guid> ids, CustomerParts parts) =>
        ReadAsync(session, parts.HasFlag(CustomerParts.Attributes) ? Select : SelectRows, ids, parts);

    /// <summary>Those that exist, which nobody else changes before this transaction ends.</summary>
    public static Task<List<Customer>> LockAsync(PgSession session, IReadOnlyCollection<Guid> ids) =>
        ReadAsync(session, $"{Select} for update", ids, CustomerParts.All);

    /// <summary>Customers of rows, with their addresses and ids where these are among the parts.</summary>
    public static async Task<List<Customer>> WithAddressesAsync(PgSession session, List<Customer> customers, CustomerParts parts)
    {
        if (customers.Count == 0 || (parts & (CustomerParts.Addresses | CustomerParts.Ids)) == 0)
            return customers;
        await using var batch = session.Batch();
        AskForAddresses(batch, customers.Select(one => one.Id), parts);
        return await WithAddressesAsync(batch, customers, parts);
    }

    /// <summary>Stores customers as they are, new or known, without addresses and ids.</summary>
    public static async Task PutAsync(PgSession session, IReadOnlyList<Customer> customers)
    {
        if (customers.Count == 0)
            return;
        await session.Use(Upsert).Add(Customers, customers).ExecuteAsync();
        await MomentRows.NoteAsync(session, [.. customers.Select(one => one.Id)]);
    }

    // One round trip: what belongs to customers is found by the keys that were asked for. Under a lock it is read after the lock is held, each statement of a
    // batch sees what was committed before itself.
    private static async Task<List<Customer>> ReadAsync(PgSession session, string select, IReadOnlyCollection<Guid> ids, CustomerParts parts)
    {
        if (ids.Count == 0)
            return [];
        await using var batch = session.Batch();
        batch.Use(select).Add(ids);
        AskForAddresses(batch, ids, parts);
        return await WithAddressesAsync(batch, await batch.NextAsync(StoredCustomer.Read), parts);
    }

    private static void AskForAddresses(PgBatch batch, IEnumerable<Guid> ids, CustomerParts parts)
    {
        if (parts.HasFlag(CustomerParts.Addresses))
            batch.Use(SelectPoints).Add(ids);
        if (parts.HasFlag(CustomerParts.Ids))
            batch.Use(SelectIds).Add(ids);
    }

    private static async Task<List<Customer>> WithAddressesAsync(PgBatch asked, List<Customer> customers, CustomerParts parts)
    {
        var points = parts.HasFlag(CustomerParts.Addresses)
            ? await asked.NextAsync(row => (Customer: row.Guid(0), Point: new ContactPoint((Channel)row.Int(1), row.Text(2))))
            : [];
        var ids = parts.HasFlag(CustomerParts.Ids)
            ? await asked.NextAsync(row => (Customer: row.Guid(0), Id: new ExternalId(row.Text(1), row.Text(2))))
            : [];
        if (points.Count == 0 && ids.Count == 0)
            return customers;
        var pointsOf = points.ToLookup(one => one.Customer, one => one.Point);
        var idsOf = ids.ToLookup(one => one.Customer, one => one.Id);
        return [.. customers.Select(one => one with { ContactPoints = [.. pointsOf[one.Id]], ExternalIds = [.. idsOf[one.Id]] })];
    }
}
