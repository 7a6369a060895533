using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ICustomerStore"/>
internal sealed class SqliteCustomerStore(SqliteDatabase database) : ICustomerStore
{
    public const string Page = $"select {StoredCustomer.Columns} from customers where id > ? order by id limit ?";

    private const string PageOfRows = $"select {StoredCustomer.ColumnsOfRow} from customers where id > ? order by id limit ?";

    // Each part walks the first rows of its own index.
    public const string Search = """
        select id from (select id from customers where name_folded >= ? and name_folded < ? order by name_folded limit ?)
        union select customer_id from (select customer_id from contact_points where address >= ? and address < ? order by address limit ?)
        union select customer_id from (select customer_id from external_ids where value >= ? and value < ? order by value limit ?)
        order by 1 limit ?
        """;

    public Task<IReadOnlyList<CustomerUpsert>> UpsertAsync(
        IReadOnlyList<CustomerDraft> drafts, DateTimeOffset now, CancellationToken cancellation)
    {
        if (drafts.FirstOrDefault(draft => draft.ExternalIds.Count == 0) is { } nameless)
            throw new ArgumentException($"A customer needs at least one external id: {nameless.Name ?? "(no name)"}.", nameof(drafts));
        return database.WriteAsync<IReadOnlyList<CustomerUpsert>>(
            session => [.. drafts.Select(draft => Upsert(session, draft, now))], cancellation);
    }

    public Task<IReadOnlyDictionary<Guid, Customer>> GetAsync(IReadOnlyCollection<Guid> ids, CustomerParts parts, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, Customer>>(
            session => ids.Distinct()
                .Select(id => CustomerRows.Find(session, id, parts))
                .OfType<Customer>()
                .ToDictionary(found => found.Id),
            cancellation);

    public Task<IReadOnlyDictionary<ExternalId, Guid>> FindAsync(
        IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ExternalId, Guid>>(
            session =>
            {
                var found = new Dictionary<ExternalId, Guid>();
                foreach (var id in externalIds)
                {
                    if (CustomerRows.FindKey(session, id) is { } key)
                        found[id] = key;
                }

                return found;
            },
            cancellation);

    public Task<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>> FindByAddressAsync(
        IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>>(
            session => points.Distinct()
                .Select(point => (Point: point, Keys: CustomerRows.FindKeys(session, point)))
                .Where(found => found.Keys.Count > 0)
                .ToDictionary(found => found.Point, found => (IReadOnlyList<Guid>)found.Keys),
            cancellation);

    public Task<IReadOnlyList<Customer>> PageAsync(Guid? after, int limit, CustomerParts parts, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Customer>>(
            session =>
            {
                var select = parts.HasFlag(CustomerParts.Attributes) ? Page : PageOfRows;
                var page = session.Use(select).Add(after ?? Guid.Empty).Add(limit).All(StoredCustomer.Read);
                return [.. page.Select(customer => CustomerRows.WithAddresses(session, customer, parts))];
            },
            cancellation);

    public Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Customer>>(
            session =>
            {
                var folded = StoredCustomer.Folded(text);
                var keys = session.Use(Search)
                    .Add(folded).Add(StoredForms.EndOfPrefix(folded)).Add(limit)
                    .Add(folded).Add(StoredForms.EndOfPrefix(folded)).Add(limit)
                    .Add(text).Add(StoredForms.EndOfPrefix(text)).Add(limit)
                    .Add(limit)
                    .All(row => row.Guid(0));
                return [.. keys.Select(key => CustomerRows.Find(session, key)).OfType<Customer>()];
            },
            cancellation);

    public Task<long> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use("select count(*) from customers").Number() ?? 0, cancellation);

    private static CustomerUpsert Upsert(SqliteSession session, CustomerDraft draft, DateTimeOffset now)
    {
        var owners = draft.ExternalIds.Select(id => (Id: id, Owner: CustomerRows.FindKey(session, id))).ToList();
        var key = owners.Select(one => one.Owner).FirstOrDefault(owner => owner is not null);
        if (key is null)
        {
            var added = CustomerMerge.New(draft, now);
            CustomerRows.Put(session, added);
            return new CustomerUpsert(added.Id, UpsertOutcome.Added);
        }

        var known = CustomerRows.Find(session, key.Value)!;
        // The id that found the customer first: another of the same connection in this draft must not push it out.
        var own = owners.Where(one => one.Owner == key).Concat(owners.Where(one => one.Owner is null)).Select(one => one.Id).ToList();
        var changed = CustomerMerge.Changed(known, draft, own, now);
        if (ReferenceEquals(changed, known))
            return new CustomerUpsert(known.Id, UpsertOutcome.Unchanged);
        CustomerRows.Put(session, changed);
        foreach (var told in FieldChanges.Of(known, changed, draft, now))
            EventRows.Add(session, told);
        return new CustomerUpsert(known.Id, UpsertOutcome.Changed);
    }
}
