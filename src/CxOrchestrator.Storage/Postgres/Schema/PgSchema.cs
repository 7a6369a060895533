using CxOrchestrator.Core;
using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ISchema"/>
internal sealed class PgSchema : ISchema
{
    private const int OldestVersion = 140000;

    // "cxo" in the bytes of a number: one migrates at a time, on any node.
    public const string OneAtATime = "select pg_advisory_xact_lock(6522991)";

    private const string Applied = "select number, name from cxo_migrations order by number";

    private readonly PgDatabase _database;
    private readonly IReadOnlyList<Migration> _known;

    public PgSchema(PgDatabase database)
        : this(database, Migration.OfPostgres)
    {
    }

    internal PgSchema(PgDatabase database, IReadOnlyList<Migration> known)
    {
        _database = database;
        _known = known;
    }

    public Task<string> VersionAsync(CancellationToken cancellation) => _database.ReadAsync(
        async session => $"PostgreSQL {await session.Use("select current_setting('server_version')").FirstAsync(row => row.Text(0))}", cancellation);

    public Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation) =>
        _database.ReadAsync<IReadOnlyList<string>>(
            async session =>
            {
                await CheckServerAsync(session);
                return [.. (await PendingAsync(session)).Select(migration => migration.Name)];
            },
            cancellation);

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellation)
    {
        var applied = new List<string>();
        // One transaction each; another node that migrates at the same time waits, then finds nothing left to do.
        while (await _database.WriteAsync(ApplyNextAsync, cancellation) is { Length: > 0 } name)
            applied.Add(name);
        await MakePartitionsAsync(cancellation);
        return applied;
    }

    private async Task<string> ApplyNextAsync(PgSession session)
    {
        await CheckServerAsync(session);
        await session.RunAsync(OneAtATime);
        var next = (await PendingAsync(session)).FirstOrDefault();
        if (next is null)
            return "";
        await session.RunAsync("create table if not exists cxo_migrations (number integer primary key, name text not null)");
        try
        {
            await session.RunAsync(next.Sql);
        }
        catch (PostgresException fault) when (!PgFaults.MayBeRepeated(fault) && fault.SqlState != PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StorageException(
                $"{PgFaults.Place}: migration {next.Name} failed and was taken back: {fault.MessageText} (SQLSTATE {fault.SqlState}). Report this.");
        }

        await session.Use("insert into cxo_migrations (number, name) values ($1, $2)").Add(next.Number).Add(next.Name).ExecuteAsync();
        return next.Name;
    }

    private async Task MakePartitionsAsync(CancellationToken cancellation)
    {
        var (partitioned, now) = (await _database.ReadAsync(
            session => session.Use(
                "select exists(select 1 from pg_tables where schemaname = current_schema() and tablename = 'events_rest'), clock_timestamp()")
                .AllAsync(row => (row.Bool(0), row.Time(1))), cancellation)).Single();
        if (partitioned)
            await Partitions.MakeAsync(_database, now, cancellation);
    }

    private static async Task CheckServerAsync(PgSession session)
    {
        var found = (await session.Use("""
            select current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('synchronous_commit'),
              current_schema()::text
            """).AllAsync(row => (Version: row.Int(0), Encoding: row.Text(1), Synchronous: row.Text(2), Schema: row.TextOrNull(3)))).Single();
        if (found.Version < OldestVersion)
            throw new StorageException($"{PgFaults.Place}: the server is version {found.Version / 10000}. Use PostgreSQL {OldestVersion / 10000} or newer.");
        if (found.Encoding != "UTF8")
            throw new StorageException($"{PgFaults.Place}: the database's encoding is {found.Encoding}. Create it anew with encoding UTF8.");
        if (found.Synchronous == "off")
        {
            // A commit that a power loss takes back would be a message sent twice.
            throw new StorageException($"{PgFaults.Place}: synchronous_commit is off. Switch it on, for this user at least: alter role ... set synchronous_commit = on.");
        }

        if (found.Schema is null)
            throw new StorageException($"{PgFaults.Place}: the search path names no schema that exists. Create it, or correct Search Path in the connection string.");
    }

    private async Task<List<Migration>> PendingAsync(PgSession session)
    {
        var tables = await session.Use("select tablename::text from pg_tables where schemaname = current_schema()").AllAsync(row => row.Text(0));
        if (tables.Count == 0)
            return [.. _known];
        if (!tables.Contains("cxo_migrations"))
            throw new StorageException(
                $"{PgFaults.Place}: the schema holds tables of another program. Give this one a database of its own, or a schema (Search Path in the connection string).");
        var applied = await session.Use(Applied).AllAsync(row => (Number: row.Int(0), Name: row.Text(1)));
        var strange = applied.Where(one => !_known.Any(known => known.Number == one.Number && known.Name == one.Name)).ToList();
        if (strange.Count > 0)
            throw new StorageException(
                $"{PgFaults.Place}: the database was written by a newer version of this program "
                + $"(unknown migrations: {string.Join(", ", strange.Select(one => one.Name))}). "
                + "Start that version, or restore a backup made before it.");
        return [.. _known.Where(known => applied.All(one => one.Number != known.Number))];
    }
}
