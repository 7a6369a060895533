using CxOrchestrator.Plugins.EmailSmtp.Wire;

namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>
/// A few open sessions that many sends share. The one used last is used next, so that the others grow old and are closed.
/// </summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SmtpOpener _opener;
    private readonly SemaphoreSlim _places;
    private readonly Stack<SmtpSession> _idle = new();
    private readonly ITimer _sweep;
    private bool _closed;

    public SmtpPool(SmtpSettings settings, SmtpOpener opener, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _opener = opener;
        _places = new SemaphoreSlim(settings.Connections, settings.Connections);
        var period = TimeSpan.FromSeconds(settings.IdleSeconds);
        _sweep = clock.CreateTimer(static pool => _ = ((SmtpPool)pool!).CloseOldAsync(), this, period, period);
    }

    /// <summary>Takes a session: an idle one that still looks alive, else a new one.</summary>
    /// <exception cref="SmtpFault">None can be opened, or the pool is closed.</exception>
    public async Task<SmtpLease> RentAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
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
            _places.Release();
            throw;
        }
    }

    /// <summary>Opens a session that stands in for a lease's stale one.</summary>
    public Task<SmtpSession> OpenAsync(CancellationToken cancellation) => _opener.OpenAsync(cancellation);

    /// <summary>Takes a session back; null where the lease has none left.</summary>
    public async ValueTask ReturnAsync(SmtpSession? session)
    {
        try
        {
            if (session is null)
            {
                return;
            }

            session.IdleSince = _clock.GetTimestamp();
            if (!session.IsUsable || session.Messages >= _settings.MessagesPerConnection || !TryKeep(session))
            {
                await CloseAsync(session);
            }
        }
        finally
        {
            _places.Release();
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

        await Task.WhenAll(idle.Select(CloseAsync));
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

        await Task.WhenAll(old.Select(CloseAsync));
    }

    private bool IsOld(SmtpSession session) =>
        _clock.GetElapsedTime(session.IdleSince) >= TimeSpan.FromSeconds(_settings.IdleSeconds);

    private static async Task CloseAsync(SmtpSession session)
    {
        try
        {
            if (session.IsUsable)
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
