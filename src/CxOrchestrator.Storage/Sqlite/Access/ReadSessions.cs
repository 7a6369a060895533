using System.Collections.Concurrent;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Connections for reading, opened when first needed and kept with their prepared statements.</summary>
internal sealed class ReadSessions : IDisposable
{
    private readonly SqliteFile _file;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly SemaphoreSlim _room;
    private volatile bool _closed;

    public ReadSessions(SqliteFile file)
    {
        _file = file;
        _room = new SemaphoreSlim(Math.Max(4, Environment.ProcessorCount * 2));
    }

    public Task EnterAsync(CancellationToken cancellation) => _room.WaitAsync(cancellation);

    public void Leave() => _room.Release();

    public T Run<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryTake(out var session))
            session = _file.OpenReader();
        try
        {
            session.Use("begin").Execute();
            var result = read(session);
            session.Use("commit").Execute();
            Keep(session);
            return result;
        }
        catch
        {
            // A connection on which something went wrong is not worth keeping.
            session.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        CloseIdle();
    }

    private void Keep(SqliteSession session)
    {
        _idle.Add(session);
        if (_closed)
            CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
            session.Dispose();
    }
}
