using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>One connection for as long as a piece of work lasts. Not for two tasks at once.</summary>
internal sealed class PgSession(NpgsqlConnection connection, CancellationToken cancellation)
{
    /// <summary>The statement of this text, ready to take values.</summary>
    public PgStatement Use(string sql) => new(new NpgsqlCommand(sql, connection), cancellation);

    /// <summary>Statements for one round trip.</summary>
    public PgBatch Batch() => new(connection, cancellation);

    /// <summary>Runs a text of any number of statements, however long they take.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
