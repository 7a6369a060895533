using CxOrchestrator.Core;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IWriteBackStore"/>
internal sealed class PgWriteBackStore(PgDatabase database) : IWriteBackStore
{
    public const string ClaimDue = $"""
        update write_backs set lease_node = $1, lease_until = $2
        where id = any(array(
          select id from write_backs where state = 0 and not blocked and lease_until is null and due_at <= $4
          order by due_at, id limit $3 for update skip locked))
        returning {StoredWriteBack.Columns}
        """;

    private const string Hasten = "update write_backs set due_at = $1 where state = 0 and due_at > $1 and reason <> ''";

    private const string List = $"select {StoredWriteBack.Columns} from write_backs where state = $1 order by id desc limit $2";

    private const string CountStates = "select state, count(*) from write_backs group by state";

    public Task<IReadOnlyList<WriteBack>> ClaimDueAsync(
        Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<WriteBack>>(
            async session =>
            {
                var claimed = await LeasedRows.ClaimAsync(
                    session, LeasedRows.FreeWriteBacks, ClaimDue, lease, now, limit, StoredWriteBack.Read);
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task CompleteAsync(IReadOnlyList<WriteBack> outcomes, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                await WriteBackRows.CompleteAsync(session, outcomes);
                return true;
            },
            cancellation);

    public Task<int> HastenAsync(DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Hasten).Add(now).ExecuteAsync(), cancellation);

    public Task<IReadOnlyList<WriteBack>> ListAsync(WriteBackState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<WriteBack>>(
            async session => await session.Use(List).Add(state).Add(limit).AllAsync(StoredWriteBack.Read), cancellation);

    public Task<bool> ReplayAsync(Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => WriteBackRows.ReplayAsync(session, id, now), cancellation);

    public Task<bool> DiscardAsync(Guid id, string reason, CancellationToken cancellation) =>
        database.WriteAsync(async session => await session.Use(WriteBackRows.Discard).Add(id).Add(reason).ExecuteAsync() == 1, cancellation);

    public Task<IReadOnlyDictionary<WriteBackState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<WriteBackState, long>>(async session => await CountAsync(session), cancellation);

    public static async Task<Dictionary<WriteBackState, long>> CountAsync(PgSession session) =>
        (await session.Use(CountStates).AllAsync(row => (State: (WriteBackState)row.Int(0), Rows: row.Long(1))))
            .ToDictionary(count => count.State, count => count.Rows);
}
