using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Drops whole months. Counting and looking for walks is done before anything is locked: what has ended stays as it is, and an old month gets no new rows. Under
/// the lock, which is waited for a second at a time, only what may have been taken up meanwhile is looked at again.
/// </summary>
internal sealed class PgRetentionStore(PgDatabase database) : IRetentionStore
{
    private const int Page = 1_000;

    public Task<IReadOnlyList<string>> PrepareAsync(DateTimeOffset now, CancellationToken cancellation) => Partitions.MakeAsync(database, now, cancellation);

    public Task<Dropped> DropAsync(RetentionLimits limits, CancellationToken cancellation) => database.WriteAsync(
        // A transaction that holds nothing but its turn; each month has one of its own.
        async session => await session.Use(RetentionSql.OneAtATime).NumberAsync() == 1 ? await DropInTurnAsync(limits, cancellation) : new Dropped(0, 0),
        cancellation);

    public async Task<IReadOnlyList<HeldBack>> HeldBackAsync(RetentionLimits limits, CancellationToken cancellation)
    {
        var held = new List<HeldBack>();
        foreach (var month in await OldAsync("events", limits.Events, cancellation))
            held.AddRange(await OfEventsAsync(month, cancellation));
        foreach (var month in await OldAsync("deliveries", limits.Ledger, cancellation))
            held.AddRange(await OfLedgerAsync(month, cancellation));
        var stray = await CountAsync(RetentionSql.Stray, cancellation);
        if (stray > 0)
            held.Add(new HeldBack(HeldBecause.NoMonth, null, stray));
        return held;
    }

    private async Task<Dropped> DropInTurnAsync(RetentionLimits limits, CancellationToken cancellation)
    {
        long events = 0, rows = 0;
        foreach (var month in await OldAsync("events", limits.Events, cancellation))
            events += await DropEventsAsync(month, cancellation);
        foreach (var month in await OldAsync("deliveries", limits.Ledger, cancellation))
            rows += await DropLedgerAsync(month, cancellation);
        return new Dropped(
            events + await DropStrayAsync(RetentionSql.DropStrayEvents, limits.Events, cancellation),
            rows + await DropStrayAsync(RetentionSql.DropStrayDeliveries, limits.Ledger, cancellation));
    }

    private async Task<long> DropEventsAsync(Partition month, CancellationToken cancellation)
    {
        if ((await OfEventsAsync(month, cancellation)).Count > 0)
            return 0;
        var decisions = month.Beside("event_decisions", "event_id");
        var counts = await CountsAsync(RetentionSql.EventCounts(month), cancellation);
        var decided = await CountsAsync(RetentionSql.DecisionCounts(decisions), cancellation);
        return await database.WriteAsync(
            async session =>
            {
                await session.RunAsync(RetentionSql.LockEvents);
                if (await session.Use(RetentionSql.EventsOpen(month)).NumberAsync() > 0)
                    return 0;
                await NoteAsync(session, "event", counts);
                await NoteAsync(session, "decision", decided);
                await session.RunAsync($"drop table {month.Name}, {decisions.Name}");
                return counts.Sum(count => count.Rows);
            },
            cancellation);
    }

    private async Task<long> DropLedgerAsync(Partition month, CancellationToken cancellation)
    {
        if ((await OfLedgerAsync(month, cancellation)).Count > 0)
            return 0;
        var counts = await CountsAsync(RetentionSql.DeliveryCounts(month), cancellation);
        // Walks that have ended come to no step again.
        await database.WriteAsync(
            async session =>
            {
                await session.RunAsync(RetentionSql.ForgetSteps(month));
                return true;
            },
            cancellation);
        return await database.WriteAsync(
            async session =>
            {
                await session.RunAsync(RetentionSql.LockLedger);
                if (await session.Use(RetentionSql.MessagesOpen(month)).NumberAsync() > 0)
                    return 0;
                await NoteAsync(session, "delivery", counts);
                await session.RunAsync(RetentionSql.ForgetLate(month));
                await session.RunAsync($"drop table {month.Name}");
                return counts.Sum(count => count.Rows);
            },
            cancellation);
    }

    private async Task<long> DropStrayAsync(string sql, DateOnly? first, CancellationToken cancellation)
    {
        long all = 0;
        while (first is { } kept)
        {
            var gone = await database.WriteAsync(session => session.Use(sql).Add(InOrderOfTime.FirstOf(kept)).Add(Page).NumberAsync(), cancellation);
            all += gone;
            if (gone < Page)
                break;
        }

        return all;
    }

    private async Task<List<HeldBack>> OfEventsAsync(Partition month, CancellationToken cancellation)
    {
        var open = await CountAsync(RetentionSql.EventsOpen(month), cancellation);
        var ofWalks = await database.ReadAsync(
            session => session.Use(RetentionSql.EventsOfWalks).Add(month.First).Add(month.End).NumberAsync(), cancellation);
        return Held((HeldBecause.EventsOpen, open), (HeldBecause.EventsOfWalks, ofWalks), month);
    }

    private async Task<List<HeldBack>> OfLedgerAsync(Partition month, CancellationToken cancellation) => Held(
        (HeldBecause.MessagesOpen, await CountAsync(RetentionSql.MessagesOpen(month), cancellation)),
        (HeldBecause.MessagesOfWalks, await CountAsync(RetentionSql.MessagesOfWalks(month), cancellation)),
        month);

    private static List<HeldBack> Held((HeldBecause Because, long Rows) one, (HeldBecause Because, long Rows) other, Partition month) =>
        [.. new[] { one, other }.Where(reason => reason.Rows > 0).Select(reason => new HeldBack(reason.Because, month.Month, reason.Rows))];

    // Months of a table that lie before the first one that is kept, oldest first.
    private async Task<IReadOnlyList<Partition>> OldAsync(string table, DateOnly? first, CancellationToken cancellation)
    {
        if (first is not { } kept)
            return [];
        var names = await database.ReadAsync(session => session.Use(RetentionSql.Months).Add(table).AllAsync(row => row.Text(0)), cancellation);
        return [.. names.Select(name => Partition.Parse(table, "id", name)).OfType<Partition>().Where(one => one.Month < kept)];
    }

    private Task<long> CountAsync(string sql, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(sql).NumberAsync(), cancellation);

    private Task<List<(int Part, long Rows)>> CountsAsync(string sql, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(sql).AllAsync(row => (row.Int(0), row.Long(1))), cancellation);

    private static Task NoteAsync(PgSession session, string what, List<(int Part, long Rows)> counts) =>
        session.Use(RetentionSql.Note).Add(what).Add(counts.Select(count => count.Part)).Add(counts.Select(count => count.Rows)).ExecuteAsync();
}
