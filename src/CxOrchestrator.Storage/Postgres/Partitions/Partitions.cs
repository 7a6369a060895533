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
        foreach (var month in Enumerable.Range(0, MonthsAhead + 1).Select(Partition.MonthOf(now).AddMonths))
        {
            foreach (var (table, key) in Partition.Tables)
            {
                var partition = new Partition(table, key, month);
                if (await database.WriteAsync(session => MakeAsync(session, partition), cancellation))
                    made.Add(partition.Name);
            }
        }

        return made;
    }

    // False where it is there.
    private static async Task<bool> MakeAsync(PgSession session, Partition one)
    {
        if (await session.Use(Exists).Add(one.Name).NumberAsync() != 0)
            return false;
        await session.RunAsync(PgSchema.OneAtATime);
        if (await session.Use(Exists).Add(one.Name).NumberAsync() != 0)
            return false;
        var storage = await session.Use(Storage).Add(one.Rest).FirstAsync(row => row.Text(0));
        // Attached, not made in place: that would lock the whole table against reading. Writers wait for the rest's lock while its rows move, and those who
        // hold it now are waited for shortly only, for others queue up behind.
        await session.RunAsync($"""
            set local lock_timeout = '2s';
            create table {one.Name} (like {one.Table} including all) with ({storage});
            lock table {one.Rest} in access exclusive mode;
            with moved as (delete from {one.Rest} where {one.Key} >= '{one.First}' and {one.Key} < '{one.End}' returning *)
            insert into {one.Name} select * from moved;
            alter table {one.Table} attach partition {one.Name} for values from ('{one.First}') to ('{one.End}');
            """);
        return true;
    }
}
