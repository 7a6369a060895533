using CxOrchestrator.Plugins.EmailSmtp.Wire;

namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>One place in the pool with its session, given back at the end.</summary>
internal sealed class SmtpLease(SmtpPool pool, SmtpSession session, bool isReused) : IAsyncDisposable
{
    private SmtpSession? _session = session;

    /// <summary>The session at hand.</summary>
    public SmtpSession Session => _session ?? throw new InvalidOperationException("The lease has lost its session.");

    /// <summary>True where the session was kept from an earlier message, and the server may have closed it since.</summary>
    public bool IsReused { get; private set; } = isReused;

    /// <summary>Puts a new session in the place of a stale one.</summary>
    /// <exception cref="SmtpFault">None can be opened.</exception>
    public async Task ReopenAsync(CancellationToken cancellation)
    {
        var stale = Session;
        _session = null;
        await stale.DisposeAsync();
        _session = await pool.OpenAsync(cancellation);
        IsReused = false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.ReturnAsync(_session);
}
