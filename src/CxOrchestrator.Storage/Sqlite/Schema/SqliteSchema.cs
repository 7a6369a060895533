using CxOrchestrator.Core;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISchema"/>
internal sealed class SqliteSchema : ISchema
{
    private const string Applied = "select number, name from migrations order by number";

    private readonly SqliteDatabase _database;
    private readonly IReadOnlyList<Migration> _known;

    public SqliteSchema(SqliteDatabase database)
        : this(database, Migration.Known)
    {
    }

    internal SqliteSchema(SqliteDatabase database, IReadOnlyList<Migration> known)
    {
        _database = database;
        _known = known;
    }

    // Of the library that is linked in: asked without a file.
    public Task<string> VersionAsync(CancellationToken cancellation) => Task.FromResult($"SQLite {raw.sqlite3_libversion().utf8_to_string()}");

    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation)
    {
        // Looking must not create the file.
        if (!_database.File.Exists)
            return [.. _known.Select(migration => migration.Name)];
        return await _database.ReadAsync<IReadOnlyList<string>>(
            session => [.. Pending(session).Select(migration => migration.Name)], cancellation);
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellation)
    {
        var applied = new List<string>();
        // One transaction each; another process that migrates at the same time waits, then finds nothing left to do.
        while (await _database.WriteAsync(ApplyNext, cancellation) is { } name)
            applied.Add(name);
        return applied;
    }

    private string? ApplyNext(SqliteSession session)
    {
        var next = Pending(session).FirstOrDefault();
        if (next is null)
            return null;
        session.Run("create table if not exists migrations (number integer primary key, name text not null)");
        try
        {
            session.Run(next.Sql);
        }
        catch (SqliteException fault)
        {
            throw new StorageException(
                $"{_database.File.Path}: migration {next.Name} failed and was taken back: {fault.Message} Keep the file and report this.", fault);
        }

        session.Use("insert into migrations (number, name) values (?, ?)").Add(next.Number).Add(next.Name).Execute();
        return next.Name;
    }

    private List<Migration> Pending(SqliteSession session)
    {
        var tables = session.Use("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
            .All(row => row.Text(0));
        if (tables.Count > 0 && !tables.Contains("migrations"))
            throw new StorageException(
                $"{_database.File.Path}: this database belongs to another program. Set Storage:File to a file of its own.");
        if (tables.Count == 0)
            return [.. _known];
        var applied = session.Use(Applied).All(row => (Number: row.Int(0), Name: row.Text(1)));
        var strange = applied.Where(one => !_known.Any(known => known.Number == one.Number && known.Name == one.Name)).ToList();
        if (strange.Count > 0)
            throw new StorageException(
                $"{_database.File.Path}: the database was written by a newer version of this program "
                + $"(unknown migrations: {string.Join(", ", strange.Select(one => one.Name))}). "
                + "Start that version, or restore a backup made before it.");
        return [.. _known.Where(known => applied.All(one => one.Number != known.Number))];
    }
}
