using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>
/// The one database of this process: reads on their own connections, writes through one queue. What is thrown away afterwards has one connection for both: nobody
/// else looks at it, and a connection that sees that another has written forgets all pages that it knows.
/// </summary>
internal sealed class SqliteDatabase : IDisposable, IAsyncDisposable
{
    private readonly ReadSessions _readers;
    private readonly WriteQueue _writes;

    /// <summary>The database in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait for another process that writes; 10 s where nothing is said.</param>
    /// <param name="isScratch">True for what is thrown away afterwards: a commit doesn't wait for the disk.</param>
    public SqliteDatabase(string path, TimeSpan? patience = null, bool isScratch = false)
    {
        File = new SqliteFile(path, patience, isScratch);
        _readers = new ReadSessions(File);
        _writes = new WriteQueue(File);
    }

    public SqliteFile File { get; }

    /// <summary>Reads one consistent moment of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        if (File.IsScratch)
        {
            cancellation.ThrowIfCancellationRequested();
            return _writes.ReadHere(read);
        }

        await _readers.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _readers.Run(read);
        }
        catch (SqliteException fault)
        {
            throw File.Explain(fault);
        }
        finally
        {
            _readers.Leave();
        }
    }

    /// <summary>
    /// Does work in a transaction and gives its result after the commit has reached the disk. All or nothing of the work is stored. Others'
    /// work may share the transaction, so the work must touch nothing but the session.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation) =>
        _writes.RunAsync(work, cancellation);

    public void Dispose()
    {
        _writes.Dispose();
        _readers.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
