using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IEventStore"/>
internal sealed class PgEventStore(PgDatabase database) : IEventStore
{
    public const string Claim = $"""
        update events set lease_node = $1, lease_until = $2
        where id = any(array(
          select id from events where not processed and lease_until is null order by id limit $3 for update skip locked))
        returning {StoredEvent.Columns}
        """;

    public const string FindByDelivery = $"""
        select {StoredEvent.Columns} from events where delivery_id = $1 and type = $2 order by time desc, id desc limit 1
        """;

    public const string FindByCustomer = $"""
        select {StoredEvent.Columns} from events
        where customer_id = $1 and time >= $2 and type = $3 order by time desc, id desc limit 1
        """;

    public const string CountUnprocessed = """
        select (select count(*) from events where not processed and lease_until is null)
             + (select count(*) from events where lease_until is not null)
        """;

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation) =>
        database.WriteAtOnceAsync(session => EventRows.AddAsync(session, events), cancellation);

    public Task<IReadOnlyList<CustomerEvent>> ClaimAsync(Lease lease, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<CustomerEvent>>(
            async session =>
            {
                var claimed = await LeasedRows.ClaimAsync(session, LeasedRows.FreeEvents, Claim, lease, null, limit, StoredEvent.Read);
                // RETURNING promises no order.
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task<CustomerEvent?> FindAsync(
        Guid customerId, string type, Guid? deliveryId, DateTimeOffset? since, CancellationToken cancellation) =>
        database.ReadAsync(
            session => deliveryId is { } delivery
                ? session.Use(FindByDelivery).Add(delivery).Add(type).FirstAsync(StoredEvent.Read)
                : session.Use(FindByCustomer).Add(customerId).Add(since ?? DateTimeOffset.MinValue).Add(type).FirstAsync(StoredEvent.Read),
            cancellation);

    public Task<(long Stored, long Unprocessed)> CountAsync(CancellationToken cancellation) =>
        database.ReadMomentAsync(
            async session => (await session.Use("select count(*) from events").NumberAsync(), await session.Use(CountUnprocessed).NumberAsync()),
            cancellation);
}
