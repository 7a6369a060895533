using CxOrchestrator.Core;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IWriteBackStore"/>
internal sealed class SqliteWriteBackStore(SqliteDatabase database) : IWriteBackStore
{
    public const string ClaimDue = $"""
        update write_backs set lease_node = ?, lease_until = ?
        where id in (
          select id from write_backs indexed by write_backs_due where state = 0 and blocked = 0 and lease_until is null and due_at <= ?
          order by due_at, id limit ?)
        returning {StoredWriteBack.Columns}
        """;

    private const string Hasten = "update write_backs set due_at = ?1 where state = 0 and due_at > ?1 and reason <> ''";

    private const string List = $"select {StoredWriteBack.Columns} from write_backs where state = ? order by id desc limit ?";

    private const string CountStates = "select state, count(*) from write_backs group by state";

    public Task<IReadOnlyList<WriteBack>> ClaimDueAsync(
        Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<WriteBack>>(
            session =>
            {
                var claimed = LeasedRows.Claim(
                    session, LeasedRows.FreeWriteBacks, ClaimDue, lease, now, limit, StoredWriteBack.Read);
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task CompleteAsync(IReadOnlyList<WriteBack> outcomes, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                foreach (var outcome in outcomes)
                    WriteBackRows.Complete(session, outcome);
                return true;
            },
            cancellation);

    public Task<int> HastenAsync(DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Hasten).Add(now).Execute(), cancellation);

    public Task<IReadOnlyList<WriteBack>> ListAsync(WriteBackState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<WriteBack>>(
            session => session.Use(List).Add(state).Add(limit).All(StoredWriteBack.Read), cancellation);

    public Task<bool> ReplayAsync(Guid id, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => WriteBackRows.Replay(session, id, now), cancellation);

    public Task<bool> DiscardAsync(Guid id, string reason, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(WriteBackRows.Discard).Add(reason).Add(id).Execute() == 1, cancellation);

    public Task<IReadOnlyDictionary<WriteBackState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<WriteBackState, long>>(Count, cancellation);

    public static Dictionary<WriteBackState, long> Count(SqliteSession session) =>
        session.Use(CountStates).All(row => (State: (WriteBackState)row.Int(0), Rows: row.Long(1)))
            .ToDictionary(count => count.State, count => count.Rows);
}
