using CxOrchestrator.Core.Simulating;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IStoreCopy"/>
internal sealed class SqliteStoreCopy(SqliteDatabase database) : IStoreCopy
{
    /// <inheritdoc/>
    public async Task CopyAsync(string file, CopyScope scope, CancellationToken cancellation)
    {
        if (!database.File.Exists)
            database.File.OpenReader().Dispose();
        await using (var copy = new SqliteDatabase(file))
            await new SqliteSchema(copy).MigrateAsync(cancellation);
        await Task.Run(() => Copy(file, scope, cancellation), cancellation);
    }

    private void Copy(string file, CopyScope scope, CancellationToken cancellation)
    {
        // As an address, so that the one which is attached can be opened for reading alone.
        using var connection = new SqliteConnection($"Data Source={AddressOf(file)};Pooling=False");
        try
        {
            connection.Open();
            Run(connection, "pragma synchronous = off; pragma foreign_keys = off");
            Run(connection, "attach database $origin as origin", ("$origin", $"{AddressOf(database.File.Path)}?mode=ro"));
            Run(connection, "create temp table chosen(id blob not null primary key) without rowid");
            // One moment of the origin for all tables.
            using var transaction = connection.BeginTransaction(deferred: true);
            foreach (var customer in scope.Customers ?? [])
                Run(connection, "insert or ignore into chosen values ($id)", ("$id", customer.ToByteArray(bigEndian: true)));
            foreach (var (table, columns) in CopyColumns.Of(connection))
            {
                cancellation.ThrowIfCancellationRequested();
                CopyTable(connection, table, columns, scope);
            }

            Run(connection, CopiedTables.Settle);
            transaction.Commit();
            Run(connection, "detach database origin");
        }
        catch (SqliteException fault)
        {
            throw database.File.Explain(fault);
        }
    }

    private static void CopyTable(SqliteConnection connection, string table, IReadOnlyList<string> columns, CopyScope scope)
    {
        var names = CopyColumns.Names(columns);
        var whose = scope.Customers is not null && CopiedTables.CustomerColumn(table, columns) is { } column ? $" and {column} in (select id from temp.chosen)" : "";
        Run(connection, $"insert into main.\"{table}\" ({names}) select {names} from origin.\"{table}\" where {CopiedTables.RowsOf(table)}{whose}",
            ("$since", StoredForms.ToStored(scope.Since)));
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (var (name, value) in values.Where(value => sql.Contains(value.Name, StringComparison.Ordinal)))
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private static string AddressOf(string path) => new Uri(Path.GetFullPath(path)).AbsoluteUri;
}
