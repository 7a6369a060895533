using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IEventStore"/>
internal sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    public const string Claim = $"""
        update events set lease_node = ?, lease_until = ?
        where id in (select id from events indexed by events_to_process where processed = 0 and lease_until is null order by id limit ?)
        returning {StoredEvent.Columns}
        """;

    public const string FindByDelivery = $"""
        select {StoredEvent.Columns} from events where delivery_id = ? and type = ? order by time desc, id desc limit 1
        """;

    public const string FindByCustomer = $"""
        select {StoredEvent.Columns} from events
        where customer_id = ? and time >= ? and type = ? order by time desc, id desc limit 1
        """;

    private const string CountUnprocessed = """
        select (select count(*) from events where processed = 0 and lease_until is null)
             + (select count(*) from events where lease_until is not null)
        """;

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<bool>>(
            session => [.. events.Select(added => EventRows.Add(session, added))], cancellation);

    public Task<IReadOnlyList<CustomerEvent>> ClaimAsync(Lease lease, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<CustomerEvent>>(
            session =>
            {
                var claimed = LeasedRows.Claim(session, LeasedRows.FreeEvents, Claim, lease, null, limit, StoredEvent.Read);
                // RETURNING promises no order.
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task<CustomerEvent?> FindAsync(
        Guid customerId, string type, Guid? deliveryId, DateTimeOffset? since, CancellationToken cancellation) =>
        database.ReadAsync(
            session => deliveryId is { } delivery
                ? session.Use(FindByDelivery).Add(delivery).Add(type).First(StoredEvent.Read)
                : session.Use(FindByCustomer).Add(customerId).Add(since ?? DateTimeOffset.MinValue).Add(type).First(StoredEvent.Read),
            cancellation);

    public Task<(long Stored, long Unprocessed)> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync(
            session => (session.Use("select count(*) from events").Number() ?? 0, session.Use(CountUnprocessed).Number() ?? 0),
            cancellation);
}
