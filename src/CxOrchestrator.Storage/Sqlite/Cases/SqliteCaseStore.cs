using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ICaseStore"/>
internal sealed class SqliteCaseStore(SqliteDatabase database) : ICaseStore
{
    public const string ClaimOpening = $"""
        update cases set lease_node = ?, lease_until = ?
        where id in (
          select id from cases indexed by cases_to_open where state = 0 and try_at is not null and lease_until is null and try_at <= ?
          order by try_at, id limit ?)
        returning {CaseRows.Columns}
        """;

    private const string Find = $"select {CaseRows.Columns} from cases where origin = ?";

    public const string FindTicket = $"select {CaseRows.Columns} from cases where connection = ? and ticket_id = ? order by id";

    private const string ListAll = $"select {CaseRows.Columns} from cases order by due_at, id limit ?";

    private const string ListState = $"select {CaseRows.Columns} from cases where state = ? order by due_at, id limit ?";

    private const string CountStates = "select state, count(*) from cases group by state";

    public Task<IReadOnlyList<Case>> ClaimOpeningAsync(
        Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Case>>(
            session =>
            {
                var claimed = LeasedRows.Claim(session, LeasedRows.FreeCases, ClaimOpening, lease, now, limit, CaseRows.Read);
                return [.. claimed.OrderBy(one => one.Id, InOrderOfTime.Keys)];
            },
            cancellation);

    public Task SaveAsync(Case changed, DateTimeOffset? tryAgainAt, Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                if (CaseRows.Put(session, changed, tryAgainAt))
                    EffectRows.Store(session, effects);
                return true;
            },
            cancellation);

    public Task<Case?> FindAsync(string origin, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Find).Add(origin).First(CaseRows.Read), cancellation);

    public Task<IReadOnlyList<Case>> FindAsync(string connection, IReadOnlyCollection<string> ticketIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Case>>(
            session => [.. ticketIds.Distinct().SelectMany(id => session.Use(FindTicket).Add(connection).Add(id).All(CaseRows.Read))], cancellation);

    public Task<IReadOnlyList<Case>> ListAsync(CaseState? state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Case>>(
            session => state is { } one
                ? session.Use(ListState).Add(one).Add(limit).All(CaseRows.Read)
                : session.Use(ListAll).Add(limit).All(CaseRows.Read),
            cancellation);

    public Task<IReadOnlyDictionary<CaseState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<CaseState, long>>(Count, cancellation);

    public static Dictionary<CaseState, long> Count(SqliteSession session) =>
        session.Use(CountStates).All(row => (State: (CaseState)row.Int(0), Rows: row.Long(1)))
            .ToDictionary(count => count.State, count => count.Rows);
}
