using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>customers</c>, <c>contact_points</c> and <c>external_ids</c>.</summary>
internal static class CustomerRows
{
    private const string SelectOne = $"select {StoredCustomer.Columns} from customers where id = ?";

    private const string SelectRow = $"select {StoredCustomer.ColumnsOfRow} from customers where id = ?";

    private const string SelectAttributes = "select attributes from customers where id = ?";

    private const string SetAttributes = "update customers set attributes = ?, changed_at = ? where id = ?";

    private const string SelectPoints = "select channel, address from contact_points where customer_id = ? order by channel";

    private const string SelectIds = "select connection, value from external_ids where customer_id = ? order by connection";

    private const string SelectByExternalId = "select customer_id from external_ids where connection = ? and value = ?";

    public const string SelectByPoint = "select customer_id from contact_points where address = ? and channel = ? order by customer_id";

    private const string Upsert = $"""
        insert into customers ({StoredCustomer.Columns}, name_folded) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set name = excluded.name, given_name = excluded.given_name, locale = excluded.locale,
          time_zone = excluded.time_zone, attributes = excluded.attributes, changed_at = excluded.changed_at,
          gone_at = excluded.gone_at, name_folded = excluded.name_folded
        """;

    private const string PutPoint = """
        insert into contact_points (customer_id, channel, address) values (?, ?, ?)
        on conflict (customer_id, channel) do update set address = excluded.address
        """;

    private const string DropId = "delete from external_ids where customer_id = ? and connection = ? and value <> ?";

    private const string PutId = "insert into external_ids (connection, value, customer_id) values (?, ?, ?) on conflict do nothing";

    public static Customer? Find(SqliteSession session, Guid id, CustomerParts parts = CustomerParts.All) =>
        session.Use(parts.HasFlag(CustomerParts.Attributes) ? SelectOne : SelectRow).Add(id).First(StoredCustomer.Read) is { } found
            ? WithAddresses(session, found, parts)
            : null;

    public static Guid? FindKey(SqliteSession session, ExternalId id)
    {
        using var found = session.Use(SelectByExternalId).Add(id.Connection).Add(id.Value);
        return found.Step() ? found.Guid(0) : null;
    }

    public static List<Guid> FindKeys(SqliteSession session, ContactPoint point) =>
        session.Use(SelectByPoint).Add(point.Address).Add(point.Channel).All(row => row.Guid(0));

    /// <summary>The customer of a row, with their addresses and ids where these are among the parts.</summary>
    public static Customer WithAddresses(SqliteSession session, Customer customer, CustomerParts parts)
    {
        if (parts.HasFlag(CustomerParts.Addresses))
            customer = customer with { ContactPoints = session.Use(SelectPoints).Add(customer.Id).All(row => new ContactPoint((Channel)row.Int(0), row.Text(1))) };
        if (parts.HasFlag(CustomerParts.Ids))
            customer = customer with { ExternalIds = session.Use(SelectIds).Add(customer.Id).All(row => new ExternalId(row.Text(0), row.Text(1))) };
        return customer;
    }

    /// <summary>Merges attributes into a customer that exists.</summary>
    public static void Merge(SqliteSession session, AttributeChange change)
    {
        JsonElement known;
        using (var row = session.Use(SelectAttributes).Add(change.CustomerId))
        {
            if (!row.Step())
                return;
            known = row.Json(0);
        }

        var merged = CustomerMerge.Attributes(known, change.Attributes);
        if (!merged.Equals(known))
            Set(session, change, merged);
    }

    private static void Set(SqliteSession session, AttributeChange change, JsonElement merged)
    {
        session.Use(SetAttributes).Add(merged).Add(change.At).Add(change.CustomerId).Execute();
        MomentRows.Note(session, change.CustomerId);
    }

    /// <summary>Stores a customer as it is, new or known.</summary>
    public static void Put(SqliteSession session, Customer customer)
    {
        session.Use(Upsert)
            .Add(customer.Id).Add(customer.Name).Add(customer.GivenName).Add(customer.Locale).Add(customer.TimeZone)
            .Add(customer.Attributes).Add(customer.CreatedAt).Add(customer.ChangedAt).Add(customer.GoneAt).Add(StoredCustomer.Folded(customer.Name))
            .Execute();
        foreach (var point in customer.ContactPoints)
            session.Use(PutPoint).Add(customer.Id).Add(point.Channel).Add(point.Address).Execute();
        foreach (var id in customer.ExternalIds)
        {
            session.Use(DropId).Add(customer.Id).Add(id.Connection).Add(id.Value).Execute();
            session.Use(PutId).Add(id.Connection).Add(id.Value).Add(customer.Id).Execute();
        }

        MomentRows.Note(session, customer.Id);
    }
}
