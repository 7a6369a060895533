using CxOrchestrator.Core;
using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IErrandStore"/>
internal sealed class PgErrandStore(PgDatabase database) : IErrandStore
{
    public const string ClaimDue = $"""
        update errands set lease_node = $1, lease_until = $2
        where key = any(array(
          select key from errands where state = 0 and lease_until is null and due_at <= $4 order by due_at, key limit $3 for update skip locked))
        returning {StoredErrand.Columns}
        """;

    private const string End = """
        update errands set state = $4, due_at = $5, attempts = $6, reason = $7, lease_node = null, lease_until = null
        where key = $1 and lease_node = $2 and asked = $3
        """;

    private const string Drop = "delete from errands where key = $1 and lease_node = $2 and asked = $3";

    private const string Again = """
        update errands set due_at = asked_at, attempts = 0, lease_node = null, lease_until = null where key = $1 and lease_node = $2
        """;

    private const string Replay = "update errands set state = 0, due_at = $2, attempts = 0, reason = 'replayed' where key = $1 and state = 2";

    private const string Discard = "update errands set state = 3, reason = $2 || '; it died of: ' || reason where key = $1 and state = 2";

    private const string ListState = $"select {StoredErrand.Columns} from errands where state = $1 order by asked_at desc limit $2";

    public Task<IReadOnlyList<Errand>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Errand>>(
            async session =>
            {
                var claimed = await LeasedRows.ClaimAsync(session, LeasedRows.FreeErrands, ClaimDue, lease, now, limit, StoredErrand.Read);
                return [.. claimed.OrderBy(one => one.DueAt).ThenBy(one => one.Key, StringComparer.Ordinal)];
            },
            cancellation);

    public Task CompleteAsync(Lease lease, Errand outcome, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                // Asked for again since the claim: what was read may be older than what it was asked for.
                if (!await EndedAsync(session, lease, outcome))
                    await session.Use(Again).Add(outcome.Key).Add(lease.Node).ExecuteAsync();
                return true;
            },
            cancellation);

    public Task<bool> ReplayAsync(string key, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(async session => await session.Use(Replay).Add(key).Add(now).ExecuteAsync() == 1, cancellation);

    public Task<bool> DiscardAsync(string key, string reason, CancellationToken cancellation) =>
        database.WriteAsync(async session => await session.Use(Discard).Add(key).Add(reason).ExecuteAsync() == 1, cancellation);

    public Task<IReadOnlyList<Errand>> ListAsync(ErrandState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Errand>>(
            async session => await session.Use(ListState).Add(state).Add(limit).AllAsync(StoredErrand.Read), cancellation);

    private static async Task<bool> EndedAsync(PgSession session, Lease lease, Errand outcome)
    {
        var drop = outcome is { State: ErrandState.Done, Kind: not ErrandKind.CommentOnCase };
        var end = session.Use(drop ? Drop : End).Add(outcome.Key).Add(lease.Node).Add(outcome.Asked);
        if (!drop)
        {
            end.Add(outcome.State).Add(outcome.State == ErrandState.Waiting ? outcome.DueAt ?? outcome.AskedAt : null)
                .Add(outcome.Attempts).Add(outcome.Reason);
        }

        return await end.ExecuteAsync() == 1;
    }
}
