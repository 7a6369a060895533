using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Deletes in pages, so that others' writes stand between them; a file of one machine has no months of its own.</summary>
internal sealed class SqliteRetentionStore(SqliteDatabase database) : IRetentionStore
{
    private const int Page = 500;

    public Task<IReadOnlyList<string>> PrepareAsync(DateTimeOffset now, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<Dropped> DropAsync(RetentionLimits limits, CancellationToken cancellation) =>
        new(await AllAsync(DropEvents, limits.Events, cancellation), await AllAsync(DropDeliveries, limits.Ledger, cancellation));

    public Task<IReadOnlyList<HeldBack>> HeldBackAsync(RetentionLimits limits, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<HeldBack>>(
        session =>
        [
            .. Held(session, HeldBecause.EventsOpen, RetentionSql.EventsOpen, limits.Events),
            .. Held(session, HeldBecause.EventsOfWalks, RetentionSql.EventsOfWalks, limits.Events),
            .. Held(session, HeldBecause.MessagesOpen, RetentionSql.MessagesOpen, limits.Ledger),
            .. Held(session, HeldBecause.MessagesOfWalks, RetentionSql.MessagesOfWalks, limits.Ledger),
        ],
        cancellation);

    private async Task<long> AllAsync(Func<SqliteSession, Guid, int> dropPage, DateOnly? first, CancellationToken cancellation)
    {
        long all = 0;
        while (first is { } kept)
        {
            var gone = await database.WriteAsync(session => dropPage(session, InOrderOfTime.FirstOf(kept)), cancellation);
            all += gone;
            if (gone < Page)
                break;
        }

        return all;
    }

    private static int DropEvents(SqliteSession session, Guid kept)
    {
        var old = session.Use(RetentionSql.OldEvents).Add(kept).Add(Page)
            .All(row => (Id: row.Guid(0), Source: row.Text(1), SourceId: row.Text(2), Answer: row.Int(3)));
        var decided = new Dictionary<int, long>();
        foreach (var one in old)
        {
            session.Use(RetentionSql.KeepName).Add(one.Source).Add(one.SourceId).Execute();
            foreach (var (outcome, rows) in session.Use(RetentionSql.CountDecisions).Add(one.Id).All(row => (row.Int(0), row.Long(1))))
                decided[outcome] = decided.GetValueOrDefault(outcome) + rows;
            session.Use(RetentionSql.DropDecisions).Add(one.Id).Execute();
            session.Use(RetentionSql.DropOtherDecisions).Add(one.Id).Execute();
            session.Use(RetentionSql.DropEvent).Add(one.Id).Execute();
        }

        foreach (var part in old.GroupBy(one => one.Answer))
            Note(session, "event", part.Key, part.Count());
        foreach (var (outcome, rows) in decided)
            Note(session, "decision", outcome, rows);
        return old.Count;
    }

    private static int DropDeliveries(SqliteSession session, Guid kept)
    {
        var old = session.Use(RetentionSql.OldDeliveries).Add(kept).Add(Page).All(row => (Id: row.Guid(0), State: row.Int(1)));
        foreach (var one in old)
            session.Use(RetentionSql.DropDelivery).Add(one.Id).Execute();
        foreach (var part in old.GroupBy(one => one.State))
            Note(session, "delivery", part.Key, part.Count());
        return old.Count;
    }

    private static void Note(SqliteSession session, string what, int part, long rows) =>
        session.Use(RetentionSql.Note).Add(what).Add(part).Add(rows).Execute();

    private static IEnumerable<HeldBack> Held(SqliteSession session, HeldBecause because, string sql, DateOnly? first)
    {
        if (first is { } kept && session.Use(sql).Add(InOrderOfTime.FirstOf(kept)).Number() is > 0 and var rows)
            yield return new HeldBack(because, null, rows);
    }
}
