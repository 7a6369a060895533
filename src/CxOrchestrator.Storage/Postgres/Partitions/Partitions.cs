namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Makes the months' tables ahead of their time. What comes before its month has a table goes to the table of the rest and moves when the month's is made:
/// nothing waits for it, and nothing is lost without it.
/// </summary>
internal static class Partitions
{
    /// <summary>How many months after this one have their tables.</summary>
    public const int MonthsAhead = 2;

    private const string Exists =
        "select 1 from pg_class where relname = $1 and relnamespace = (select oid from pg_namespace where nspname = current_schema())";

    private const string Storage = """
        select coalesce(array_to_string(reloptions, ', '), '') from pg_class
        where relname = $1 and relnamespace = (select oid from pg_namespace where nspname = current_schema())
        """;

    /// <summary>Makes what is missing for this month and the next ones, and gives the names.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(PgDatabase database, DateTimeOffset now, CancellationToken cancellation)
    {
        var made = new List<string>();
        List<DateOnly> months = [.. Enumerable.Range(0, MonthsAhead + 1).Select(Partition.MonthOf(now).AddMonths)];
        foreach (var month in months)
            made.AddRange(await database.WriteAsync(session => MakeAsync(session, month), cancellation));
        database.LedgerMonths.Have(months);
        return made;
    }

    // All of a month's tables or none: they are dropped together.
    private static async Task<List<string>> MakeAsync(PgSession session, DateOnly month)
    {
        var wanted = Partition.Tables.Select(one => new Partition(one.Table, one.Key, month)).ToList();
        if ((await MissingAsync(session, wanted)).Count == 0)
            return [];
        await session.RunAsync(PgSchema.OneAtATime);
        var missing = await MissingAsync(session, wanted);
        foreach (var partition in missing)
            await MakeAsync(session, partition);
        return [.. missing.Select(partition => partition.Name)];
    }

    private static async Task<List<Partition>> MissingAsync(PgSession session, List<Partition> wanted)
    {
        var missing = new List<Partition>();
        foreach (var partition in wanted)
        {
            if (await session.Use(Exists).Add(partition.Name).NumberAsync() == 0)
                missing.Add(partition);
        }

        return missing;
    }

    private static async Task MakeAsync(PgSession session, Partition one)
    {
        var storage = await session.Use(Storage).Add(one.Rest).FirstAsync(row => row.Text(0));
        // Attached, not made in place: that would lock the whole table against reading. Writers wait for the rest's lock while its rows move, and those who
        // hold it now are waited for shortly only, for others queue up behind.
        await session.RunAsync($"""
            set local lock_timeout = '1s';
            create table {one.Name} (like {one.Table} including all) with ({storage});
            lock table {one.Rest} in access exclusive mode;
            with moved as (delete from {one.Rest} where {one.Key} >= '{one.First}' and {one.Key} < '{one.End}' returning *)
            insert into {one.Name} select * from moved;
            alter table {one.Table} attach partition {one.Name} for values from ('{one.First}') to ('{one.End}');
            """);
    }
}
