using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ICaseStore"/>
internal sealed class PgCaseStore(PgDatabase database) : ICaseStore
{
    public const string ClaimOpening = $"""
        update cases set lease_node = $1, lease_until = $2
        where id = any(array(
          select id from cases where state = 0 and try_at is not null and lease_until is null and try_at <= $4
          order by try_at, id limit $3 for update skip locked))
        returning {StoredCase.Columns}
        """;

    private const string Find = $"select {StoredCase.Columns} from cases where origin = $1";

    public const string FindTickets = $"select {StoredCase.Columns} from cases where connection = $1 and ticket_id = any($2) order by id";

    private const string ListAll = $"select {StoredCase.Columns} from cases order by due_at, id limit $1";

    private const string ListState = $"select {StoredCase.Columns} from cases where state = $1 order by due_at, id limit $2";

    private const string CountStates = "select state, count(*) from cases group by state";

    public Task<IReadOnlyList<Case>> ClaimOpeningAsync(
        Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Case>>(
            async session =>
            {
                var claimed = await LeasedRows.ClaimAsync(session, LeasedRows.FreeCases, ClaimOpening, lease, now, limit, StoredCase.Read);
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task SaveAsync(Case changed, DateTimeOffset? tryAgainAt, Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                if (await CaseRows.PutAsync(session, changed, tryAgainAt))
                    await EffectRows.StoreAsync(session, effects);
                return true;
            },
            cancellation);

    public Task<Case?> FindAsync(string origin, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Find).Add(origin).FirstAsync(StoredCase.Read), cancellation);

    public Task<IReadOnlyList<Case>> FindAsync(string connection, IReadOnlyCollection<string> ticketIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Case>>(
            async session => await session.Use(FindTickets).Add(connection).Add(ticketIds.Distinct()).AllAsync(StoredCase.Read), cancellation);

    public Task<IReadOnlyList<Case>> ListAsync(CaseState? state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Case>>(
            async session => state is { } one
                ? await session.Use(ListState).Add(one).Add(limit).AllAsync(StoredCase.Read)
                : await session.Use(ListAll).Add(limit).AllAsync(StoredCase.Read),
            cancellation);

    public Task<IReadOnlyDictionary<CaseState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<CaseState, long>>(async session => await CountAsync(session), cancellation);

    public static async Task<Dictionary<CaseState, long>> CountAsync(PgSession session) =>
        (await session.Use(CountStates).AllAsync(row => (State: (CaseState)row.Int(0), Rows: row.Long(1))))
            .ToDictionary(count => count.State, count => count.Rows);
}
