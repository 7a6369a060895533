using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Customers that are told of together: read and locked at once, joined in memory in the order in which they are told, written at once. A draft may
/// name a customer that one before it has made.
/// </summary>
internal sealed class CustomerBatch
{
    private const string Owners = """
        select distinct x.customer_id from unnest($1::text[], $2::text[]) as v(connection, value)
        join external_ids x on x.connection = v.connection and x.value = v.value
        """;

    private static readonly RowSet<(Guid Customer, ContactPoint Point)> Points = new RowSet<(Guid Customer, ContactPoint Point)>()
        .Key("customer_id", one => one.Customer).Enum("channel", one => one.Point.Channel).Text("address", one => one.Point.Address);

    private static readonly string PutPoints = $"""
        insert into contact_points ({Points.Names}) select {Points.Names} from {Points.Table}
        on conflict (customer_id, channel) do update set address = excluded.address
        """;

    private static readonly RowSet<(Guid Customer, ExternalId Id)> Ids = new RowSet<(Guid Customer, ExternalId Id)>()
        .Key("customer_id", one => one.Customer).Text("connection", one => one.Id.Connection).Text("value", one => one.Id.Value);

    private static readonly string PutIds = Ids.InsertInto("external_ids");

    private static readonly string DropIds = $"""
        delete from external_ids x using {Ids.Table}
        where x.connection = v.connection and x.value = v.value and x.customer_id = v.customer_id
        """;

    private readonly Dictionary<Guid, Customer> _before;
    private readonly Dictionary<Guid, Customer> _now;
    private readonly Dictionary<ExternalId, Guid> _owners = [];
    private readonly List<CustomerEvent> _told = [];

    private CustomerBatch(List<Customer> known)
    {
        _before = known.ToDictionary(one => one.Id);
        _now = new Dictionary<Guid, Customer>(_before);
        foreach (var customer in known)
            Own(customer);
    }

    /// <summary>Reads and locks all customers that the drafts name.</summary>
    public static async Task<CustomerBatch> ReadAsync(PgSession session, IReadOnlyList<CustomerDraft> drafts)
    {
        var named = drafts.SelectMany(draft => draft.ExternalIds).Distinct().ToList();
        var owners = await session.Use(Owners)
            .Add(named.Select(id => id.Connection)).Add(named.Select(id => id.Value)).AllAsync(row => row.Guid(0));
        return new CustomerBatch(await CustomerRows.LockAsync(session, owners));
    }

    /// <summary>Joins a draft with what is known.</summary>
    public CustomerUpsert Take(CustomerDraft draft, DateTimeOffset now)
    {
        var owners = draft.ExternalIds
            .Select(id => (Id: id, Owner: _owners.TryGetValue(id, out var owner) ? owner : (Guid?)null)).ToList();
        var key = owners.Select(one => one.Owner).FirstOrDefault(owner => owner is not null);
        if (key is null)
        {
            var added = CustomerMerge.New(draft, now);
            Keep(added);
            return new CustomerUpsert(added.Id, UpsertOutcome.Added);
        }

        var known = _now[key.Value];
        // The id that found the customer first: another of the same connection in this draft must not push it out.
        var own = owners.Where(one => one.Owner == key).Concat(owners.Where(one => one.Owner is null)).Select(one => one.Id).ToList();
        var changed = CustomerMerge.Changed(known, draft, own, now);
        if (ReferenceEquals(changed, known))
            return new CustomerUpsert(known.Id, UpsertOutcome.Unchanged);
        Keep(changed);
        _told.AddRange(FieldChanges.Of(known, changed, draft, now));
        return new CustomerUpsert(known.Id, UpsertOutcome.Changed);
    }

    /// <summary>Writes what has changed.</summary>
    /// <exception cref="LostRaceException">Another transaction has added one of the ids since they were looked up.</exception>
    public async Task StoreAsync(PgSession session)
    {
        var changed = _now.Values.Where(one => !_before.TryGetValue(one.Id, out var before) || !ReferenceEquals(one, before))
            .OrderBy(one => one.Id, InOrderOfTime.Keys).ToList();
        var dropped = changed.SelectMany(one => Known(one).ExternalIds.Except(one.ExternalIds).Select(id => (one.Id, id))).ToList();
        if (dropped.Count > 0)
            await session.Use(DropIds).Add(Ids, dropped).ExecuteAsync();
        await CustomerRows.PutAsync(session, changed);
        var points = changed.SelectMany(one => one.ContactPoints.Except(Known(one).ContactPoints).Select(point => (one.Id, point))).ToList();
        if (points.Count > 0)
            await session.Use(PutPoints).Add(Points, points).ExecuteAsync();
        var added = changed.SelectMany(one => one.ExternalIds.Except(Known(one).ExternalIds).Select(id => (one.Id, id)))
            .OrderBy(one => one.id.Connection, StringComparer.Ordinal).ThenBy(one => one.id.Value, StringComparer.Ordinal).ToList();
        if (added.Count > 0 && await session.Use(PutIds).Add(Ids, added).ExecuteAsync() != added.Count)
            throw new LostRaceException();
        await EventRows.AddAsync(session, _told);
    }

    private Customer Known(Customer one) =>
        _before.TryGetValue(one.Id, out var before) ? before : one with { ContactPoints = [], ExternalIds = [] };

    private void Keep(Customer customer)
    {
        if (_now.TryGetValue(customer.Id, out var before))
        {
            foreach (var id in before.ExternalIds)
                _owners.Remove(id);
        }

        _now[customer.Id] = customer;
        Own(customer);
    }

    private void Own(Customer customer)
    {
        foreach (var id in customer.ExternalIds)
            _owners[id] = customer.Id;
    }
}
