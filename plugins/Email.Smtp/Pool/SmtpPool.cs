using CxOrchestrator.Plugins.EmailSmtp.Wire;

namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>
/// A few open sessions that many sends share. The one used last is used next, so that the others grow old and are closed. Who finds all places taken
/// waits in line, and gets the next session that is given back.
/// </summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SmtpOpener _opener;
    private readonly LinkedList<Waiting> _line = new();
    private readonly Stack<SmtpSession> _idle = new();
    private readonly ITimer _sweep;
    private int _free;
    private bool _closed;

    public SmtpPool(SmtpSettings settings, SmtpOpener opener, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _opener = opener;
        _free = settings.Connections;
        var period = TimeSpan.FromSeconds(settings.IdleSeconds);
        _sweep = clock.CreateTimer(static pool => _ = ((SmtpPool)pool!).CloseOldAsync(), this, period, period);
    }

    /// <summary>Takes a session for a letter: an idle one that still looks alive, else a new one; waits for its turn where all places are taken.</summary>
    /// <exception cref="SmtpFault">None can be opened, or the pool is closed.</exception>
    public async Task<SmtpLease> RentAsync(Envelope envelope, CancellationToken cancellation)
    {
        if (Enter(envelope) is not { } waiting)
        {
            return await FindAsync(cancellation);
        }

        await using var givingUp = cancellation.UnsafeRegister((_, token) => Leave(waiting, token), null);
        return await waiting.Turn is { } session
            ? new SmtpLease(this, session, isReused: true, waiting.WrittenAhead)
            : await FindAsync(cancellation);
    }

    /// <summary>True where a session may carry another message after the one at hand.</summary>
    public bool MayFollow(SmtpSession session) => session.Messages < _settings.MessagesPerConnection && !_closed;

    /// <summary>Takes the first in line, to be given its turn with the session that takes it; null where nobody waits.</summary>
    public Waiting? TakeWaiting()
    {
        lock (_idle)
        {
            var first = _line.First?.Value;
            if (first is not null)
            {
                _line.RemoveFirst();
            }

            return first;
        }
    }

    /// <summary>Opens a session that stands in for a lease's stale one.</summary>
    public Task<SmtpSession> OpenAsync(CancellationToken cancellation) => _opener.OpenAsync(cancellation);

    /// <summary>Takes a session back; null where the lease has none left.</summary>
    /// <param name="session">The session.</param>
    /// <param name="next">The letter that was taken to follow on it, or null.</param>
    public async ValueTask ReturnAsync(SmtpSession? session, Waiting? next)
    {
        var fit = session is not null && session.IsUsable && MayFollow(session);
        if (fit && PassOn(session!, ref next))
        {
            return;
        }

        try
        {
            // Where a follower has given up, its envelope stands unanswered on the session: neither another message nor QUIT may come behind it.
            var written = next?.WrittenAhead is not null;
            if (session is not null)
            {
                session.IdleSince = _clock.GetTimestamp();
                if (!fit || written || !TryKeep(session))
                {
                    await CloseAsync(session, quits: !written);
                }
            }
        }
        finally
        {
            Free(next);
        }
    }

    /// <summary>Closes what is idle with QUIT; what is in use is closed when it comes back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        List<SmtpSession> idle;
        lock (_idle)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        await Task.WhenAll(idle.Select(session => CloseAsync(session)));
    }

    // Null where there is a place, which is the caller's now.
    private Waiting? Enter(Envelope envelope)
    {
        lock (_idle)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            return _line.AddLast(new Waiting(envelope)).Value;
        }
    }

    private void Leave(Waiting waiting, CancellationToken cancellation)
    {
        lock (_idle)
        {
            _line.Remove(waiting);
        }

        waiting.GiveUp(cancellation);
    }

    // Gives the session, and the place with it, to the follower, else to the first who still waits; false where there is nobody, or where a follower has
    // given up whose envelope was written already.
    private bool PassOn(SmtpSession session, ref Waiting? next)
    {
        while ((next ?? TakeWaiting()) is { } first)
        {
            next = first;
            if (first.TryGo(session))
            {
                return true;
            }

            if (first.WrittenAhead is not null)
            {
                return false;
            }

            next = null;
        }

        return false;
    }

    // Gives the place to the follower, else to the first who waits; they find a session themselves.
    private void Free(Waiting? next)
    {
        while (true)
        {
            if (next is not null)
            {
                next.WrittenAhead = null;
                if (next.TryGo(null))
                {
                    return;
                }
            }

            lock (_idle)
            {
                next = _line.First?.Value;
                if (next is null)
                {
                    _free++;
                    return;
                }

                _line.RemoveFirst();
            }
        }
    }

    private async Task<SmtpLease> FindAsync(CancellationToken cancellation)
    {
        try
        {
            while (TakeIdle() is { } idle)
            {
                if (!IsOld(idle) && !idle.Wire.LooksClosed)
                {
                    return new SmtpLease(this, idle, isReused: true);
                }

                await CloseAsync(idle);
            }

            return new SmtpLease(this, await OpenAsync(cancellation), isReused: false);
        }
        catch
        {
            Free(null);
            throw;
        }
    }

    private SmtpSession? TakeIdle()
    {
        lock (_idle)
        {
            return _closed ? throw new SmtpFault("The connection is closed.") : _idle.TryPop(out var session) ? session : null;
        }
    }

    private bool TryKeep(SmtpSession session)
    {
        lock (_idle)
        {
            if (!_closed)
            {
                _idle.Push(session);
            }

            return !_closed;
        }
    }

    private async Task CloseOldAsync()
    {
        List<SmtpSession> old = [];
        lock (_idle)
        {
            SmtpSession[] kept = [.. _idle];
            _idle.Clear();
            foreach (var session in kept.Reverse())
            {
                if (IsOld(session))
                {
                    old.Add(session);
                }
                else
                {
                    _idle.Push(session);
                }
            }
        }

        await Task.WhenAll(old.Select(session => CloseAsync(session)));
    }

    private bool IsOld(SmtpSession session) =>
        _clock.GetElapsedTime(session.IdleSince) >= TimeSpan.FromSeconds(_settings.IdleSeconds);

    private static async Task CloseAsync(SmtpSession session, bool quits = true)
    {
        try
        {
            if (session.IsUsable && quits)
            {
                await session.QuitAsync();
            }

            await session.DisposeAsync();
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // Closing a broken connection may fail as the connection did; there is nothing left to close.
        }
    }
}
