using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>One connection for as long as a piece of work lasts. Not for two tasks at once.</summary>
internal sealed class PgSession(NpgsqlConnection connection, CancellationToken cancellation, bool patient = false)
{
    /// <summary>The same session, for statements that look at every row there is: they take as long as they take, or until the caller cancels.</summary>
    public PgSession Patient => new(connection, cancellation, patient: true);

    /// <summary>The statement of this text, ready to take values.</summary>
    public PgStatement Use(string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        if (patient)
            command.CommandTimeout = 0;
        return new PgStatement(command, cancellation);
    }

    /// <summary>Statements for one round trip.</summary>
    public PgBatch Batch() => new(connection, cancellation);

    /// <summary>Runs a text of any number of statements, however long they take.</summary>
    public async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
