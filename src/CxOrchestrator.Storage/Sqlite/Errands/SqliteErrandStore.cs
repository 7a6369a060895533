using CxOrchestrator.Core;
using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IErrandStore"/>
internal sealed class SqliteErrandStore(SqliteDatabase database) : IErrandStore
{
    public const string ClaimDue = $"""
        update errands set lease_node = ?, lease_until = ?
        where key in (
          select key from errands indexed by errands_due where state = 0 and lease_until is null and due_at <= ? order by due_at, key limit ?)
        returning {StoredErrand.Columns}
        """;

    private const string End = """
        update errands set state = ?, due_at = ?, attempts = ?, reason = ?, lease_node = null, lease_until = null
        where key = ? and lease_node = ? and asked = ?
        """;

    private const string Drop = "delete from errands where key = ? and lease_node = ? and asked = ?";

    private const string Again = """
        update errands set due_at = asked_at, attempts = 0, lease_node = null, lease_until = null where key = ? and lease_node = ?
        """;

    private const string Replay = "update errands set state = 0, due_at = ?, attempts = 0, reason = 'replayed' where key = ? and state = 2";

    private const string Discard = "update errands set state = 3, reason = ? || '; it died of: ' || reason where key = ? and state = 2";

    private const string ListState = $"select {StoredErrand.Columns} from errands where state = ? order by asked_at desc limit ?";

    public Task<IReadOnlyList<Errand>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Errand>>(
            session =>
            {
                var claimed = LeasedRows.Claim(session, LeasedRows.FreeErrands, ClaimDue, lease, now, limit, StoredErrand.Read);
                return [.. claimed.OrderBy(one => one.DueAt).ThenBy(one => one.Key, StringComparer.Ordinal)];
            },
            cancellation);

    public Task CompleteAsync(Lease lease, Errand outcome, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                // Asked for again since the claim: what was read may be older than what it was asked for.
                if (!Ended(session, lease, outcome))
                    session.Use(Again).Add(outcome.Key).Add(lease.Node).Execute();
                return true;
            },
            cancellation);

    public Task<bool> ReplayAsync(string key, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Replay).Add(now).Add(key).Execute() == 1, cancellation);

    public Task<bool> DiscardAsync(string key, string reason, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(Discard).Add(reason).Add(key).Execute() == 1, cancellation);

    public Task<IReadOnlyList<Errand>> ListAsync(ErrandState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Errand>>(session => session.Use(ListState).Add(state).Add(limit).All(StoredErrand.Read), cancellation);

    private static bool Ended(SqliteSession session, Lease lease, Errand outcome) =>
        outcome is { State: ErrandState.Done, Kind: not ErrandKind.CommentOnCase }
            ? session.Use(Drop).Add(outcome.Key).Add(lease.Node).Add(outcome.Asked).Execute() == 1
            : session.Use(End)
                .Add(outcome.State).Add(outcome.State == ErrandState.Waiting ? outcome.DueAt ?? outcome.AskedAt : null).Add(outcome.Attempts)
                .Add(outcome.Reason).Add(outcome.Key).Add(lease.Node).Add(outcome.Asked)
                .Execute() == 1;
}
