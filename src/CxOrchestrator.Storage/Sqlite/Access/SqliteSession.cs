using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>One open connection with its prepared statements. Not for two threads at once.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    public SqliteSession(SqliteConnection connection)
    {
        _connection = connection;
        Handle = connection.Handle!;
    }

    public sqlite3 Handle { get; }

    /// <summary>True while a transaction is open; an error such as a full disk may have ended it.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The prepared statement for this text, ready to take values.</summary>
    public Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
            if (code != raw.SQLITE_OK)
                Throw(code);
            statement = new Statement(this, handle, sql);
            _statements.Add(sql, statement);
        }

        if (statement.InUse)
            throw new InvalidOperationException($"The statement is being read already: {sql}");
        statement.InUse = true;
        return statement;
    }

    /// <summary>Runs a text of any number of statements.</summary>
    public void Run(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
            Throw(code);
    }

    public void Throw(int code)
    {
        SqliteException.ThrowExceptionForRC(code, Handle);
        throw new InvalidOperationException($"SQLite answered {code} where an error was expected.");
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _connection.Dispose();
    }
}
