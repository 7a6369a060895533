using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Statements that go to the server in one round trip and run one after the other. Outside a transaction of its own a batch is one: all or nothing of it is
/// stored. What they give is read in their order; a statement that gives no rows is passed over.
/// </summary>
internal sealed class PgBatch(NpgsqlConnection connection, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private NpgsqlDataReader? _reader;

    /// <summary>Adds a statement, ready to take values.</summary>
    public PgStatement Use(string sql)
    {
        var part = new NpgsqlBatchCommand(sql);
        _batch.BatchCommands.Add(part);
        return new PgStatement(part);
    }

    /// <summary>Runs all, of which none gives rows that matter.</summary>
    public Task ExecuteAsync() => _batch.ExecuteNonQueryAsync(cancellation);

    /// <summary>Runs all where nothing has run yet, and gives the rows of the next statement that gives any.</summary>
    public async Task<List<T>> NextAsync<T>(Func<PgRow, T> read)
    {
        if (_reader is null)
            _reader = await _batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        else if (!await _reader.NextResultAsync(cancellation).ConfigureAwait(false))
            throw new InvalidOperationException("No statement of the batch gives rows any more.");
        var row = new PgRow(_reader);
        var rows = new List<T>();
        while (await _reader.ReadAsync(cancellation).ConfigureAwait(false))
            rows.Add(read(row));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        // Reads what is left, and so hears of its faults.
        if (_reader is not null)
            await _reader.DisposeAsync().ConfigureAwait(false);
        await _batch.DisposeAsync().ConfigureAwait(false);
    }
}
