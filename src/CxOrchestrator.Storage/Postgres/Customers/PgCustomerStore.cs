using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ICustomerStore"/>
internal sealed class PgCustomerStore(PgDatabase database) : ICustomerStore
{
    public const string Page = $"select {StoredCustomer.Columns} from customers where id > $1 order by id limit $2";

    private const string PageOfRows = $"select {StoredCustomer.ColumnsOfRow} from customers where id > $1 order by id limit $2";

    // Each part walks the first rows of its own index.
    public const string Search = """
        select id from (select id from customers where name_folded >= $1 and name_folded < $2 order by name_folded limit $5) names
        union select customer_id from
          (select customer_id from contact_points where address >= $1 and address < $2 order by address limit $5) points
        union select customer_id from
          (select customer_id from external_ids where value >= $3 and value < $4 order by value limit $5) ids
        order by 1 limit $5
        """;

    public const string SelectByPoint = """
        select c.customer_id, c.address, c.channel from unnest($1::text[], $2::int[]) as v(address, channel)
        join contact_points c on c.address = v.address and c.channel = v.channel order by c.customer_id
        """;

    private const string SelectByExternalId = """
        select x.connection, x.value, x.customer_id from unnest($1::text[], $2::text[]) as v(connection, value)
        join external_ids x on x.connection = v.connection and x.value = v.value
        """;

    public Task<IReadOnlyList<CustomerUpsert>> UpsertAsync(
        IReadOnlyList<CustomerDraft> drafts, DateTimeOffset now, CancellationToken cancellation)
    {
        if (drafts.FirstOrDefault(draft => draft.ExternalIds.Count == 0) is { } nameless)
            throw new ArgumentException($"A customer needs at least one external id: {nameless.Name ?? "(no name)"}.", nameof(drafts));
        return database.WriteAsync<IReadOnlyList<CustomerUpsert>>(
            async session =>
            {
                var batch = await CustomerBatch.ReadAsync(session, drafts);
                var outcomes = drafts.Select(draft => batch.Take(draft, now)).ToList();
                await batch.StoreAsync(session);
                return outcomes;
            },
            cancellation);
    }

    public Task<IReadOnlyDictionary<Guid, Customer>> GetAsync(IReadOnlyCollection<Guid> ids, CustomerParts parts, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyDictionary<Guid, Customer>>(
            parts, async session => (await CustomerRows.FindAsync(session, ids, parts)).ToDictionary(found => found.Id), cancellation);

    public Task<IReadOnlyDictionary<ExternalId, Guid>> FindAsync(
        IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ExternalId, Guid>>(
            async session =>
            {
                var asked = externalIds.Distinct().ToList();
                var found = await session.Use(SelectByExternalId).Add(asked.Select(id => id.Connection)).Add(asked.Select(id => id.Value))
                    .AllAsync(row => (Id: new ExternalId(row.Text(0), row.Text(1)), Key: row.Guid(2)));
                return found.ToDictionary(one => one.Id, one => one.Key);
            },
            cancellation);

    public Task<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>> FindByAddressAsync(
        IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>>(
            async session =>
            {
                var asked = points.Distinct().ToList();
                var found = await session.Use(SelectByPoint).Add(asked.Select(point => point.Address)).Add(asked.Select(point => (int)point.Channel))
                    .AllAsync(row => (Key: row.Guid(0), Point: new ContactPoint((Channel)row.Int(2), row.Text(1))));
                return found.GroupBy(one => one.Point, one => one.Key)
                    .ToDictionary(group => group.Key, group => (IReadOnlyList<Guid>)[.. group]);
            },
            cancellation);

    public Task<IReadOnlyList<Customer>> PageAsync(Guid? after, int limit, CustomerParts parts, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<Customer>>(
            parts,
            async session => await CustomerRows.WithAddressesAsync(
                session,
                await session.Use(parts.HasFlag(CustomerParts.Attributes) ? Page : PageOfRows).Add(after ?? Guid.Empty).Add(limit).AllAsync(StoredCustomer.Read),
                parts),
            cancellation);

    public Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
        database.ReadMomentAsync<IReadOnlyList<Customer>>(
            async session =>
            {
                var folded = CustomerRows.Folded(text);
                var keys = await session.Use(Search)
                    .Add(folded).Add(StoredForms.EndOfPrefix(folded)).Add(text).Add(StoredForms.EndOfPrefix(text)).Add(limit)
                    .AllAsync(row => row.Guid(0));
                return await CustomerRows.FindAsync(session, keys, CustomerParts.All);
            },
            cancellation);

    public Task<long> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use("select count(*) from customers").NumberAsync(), cancellation);

    // One statement sees one moment by itself.
    private Task<T> ReadAsync<T>(CustomerParts parts, Func<PgSession, Task<T>> read, CancellationToken cancellation) =>
        (parts & (CustomerParts.Addresses | CustomerParts.Ids)) == 0
            ? database.ReadAsync(read, cancellation)
            : database.ReadMomentAsync(read, cancellation);
}
