using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>
/// All writes of this process, one after the other on one connection and a thread of their own. Whatever waits when the writer comes
/// round shares one transaction, each piece under a savepoint of its own, and is answered only after the commit: a hundred callers with
/// one event each pay for one sync of the disk between them. What is thrown away is not synced: there, each piece is written, and read, by its caller's own thread.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    // Enough to drown the cost of a sync, few enough that the first of a group doesn't wait long for its answer.
    private const int MostInGroup = 128;

    // Each try waits as long as the connection's busy timeout.
    private const int BeginTries = 3;

    private readonly SqliteFile _file;
    private readonly BlockingCollection<Write> _waiting = [];
    private readonly Lock _alone = new();
    private readonly Thread? _thread;
    private SqliteSession? _session;
    private int _closed;

    public WriteQueue(SqliteFile file)
    {
        _file = file;
        if (file.IsScratch)
            return;
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite writes" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var write = new Write<T>(work, cancellation);
        if (_thread is null)
            return RunHere(write);
        try
        {
            _waiting.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(WriteQueue), "The store is closed.");
        }

        return write.Answer;
    }

    private Task<T> RunHere<T>(Write<T> write)
    {
        lock (_alone)
        {
            ObjectDisposedException.ThrowIf(_closed == 1, this);
            Commit([write]);
        }

        return write.Answer;
    }

    /// <summary>Reads what is thrown away afterwards, between its writes.</summary>
    public T ReadHere<T>(Func<SqliteSession, T> read)
    {
        lock (_alone)
        {
            ObjectDisposedException.ThrowIf(_closed == 1, this);
            try
            {
                _session ??= _file.OpenWriter();
                _session.Use("begin").Execute();
                var result = read(_session);
                _session.Use("commit").Execute();
                return result;
            }
            catch (Exception fault)
            {
                // A connection on which something went wrong is not worth keeping.
                _session?.Dispose();
                _session = null;
                if (fault is SqliteException sqlite)
                    throw _file.Explain(sqlite);
                throw;
            }
        }
    }

    /// <summary>Finishes what waits, then closes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;
        _waiting.CompleteAdding();
        _thread?.Join();
        if (_thread is null)
            CloseHere();
        _waiting.Dispose();
    }

    private void CloseHere()
    {
        lock (_alone)
            _session?.Dispose();
    }

    private void Work()
    {
        var group = new List<Write>(MostInGroup);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MostInGroup && _waiting.TryTake(out var next))
                group.Add(next);
            group.RemoveAll(write => write.GivenUp());
            if (group.Count > 0)
                Commit(group);
            group.Clear();
        }

        _session?.Dispose();
    }

    private void Commit(List<Write> group)
    {
        try
        {
            _session ??= _file.OpenWriter();
            Begin(_session);
            foreach (var write in group)
                RunOne(_session, write);
            _session.Use("commit").Execute();
        }
        catch (Exception fault)
        {
            // Nothing of the group is stored. The connection may be beyond use (the disk went away): the next write opens a new one.
            _session?.Dispose();
            _session = null;
            var said = fault is SqliteException sqlite ? _file.Explain(sqlite) : fault;
            group.ForEach(write => write.Fail(said));
            return;
        }

        group.ForEach(write => write.Reply());
    }

    private void RunOne(SqliteSession session, Write write)
    {
        session.Use("savepoint work").Execute();
        try
        {
            write.Run(session);
        }
        catch (Exception fault) when (session.InTransaction)
        {
            // Its own fault: the others of the group go on.
            session.Use("rollback to work").Execute();
            write.Failed(fault is SqliteException sqlite ? _file.Explain(sqlite) : fault);
        }

        session.Use("release work").Execute();
    }

    private static void Begin(SqliteSession session)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Immediate: a transaction that reads first and finds another process's write in its way could not be waited out.
                session.Use("begin immediate").Execute();
                return;
            }
            catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_BUSY && attempt < BeginTries)
            {
                // Nothing has been done yet, so trying again is safe.
            }
        }
    }
}
