using CxOrchestrator.Plugins.EmailSmtp.Wire;

namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>One place in the pool with its session, given back at the end.</summary>
internal sealed class SmtpLease(SmtpPool pool, SmtpSession session, bool isReused, Prepared? writtenAhead = null) : IAsyncDisposable
{
    private SmtpSession? _session = session;
    private Waiting? _next;

    /// <summary>The session at hand.</summary>
    public SmtpSession Session => _session ?? throw new InvalidOperationException("The lease has lost its session.");

    /// <summary>True where the session was kept from an earlier message, and the server may have closed it since.</summary>
    public bool IsReused { get; private set; } = isReused;

    /// <summary>The letter, where its envelope went out with the message before it and its replies are still to be read.</summary>
    public Prepared? WrittenAhead { get; private set; } = writtenAhead;

    /// <summary>Puts a new session in the place of a stale one.</summary>
    /// <exception cref="SmtpFault">None can be opened.</exception>
    public async Task ReopenAsync(CancellationToken cancellation)
    {
        var stale = Session;
        _session = null;
        WrittenAhead = null;
        await stale.DisposeAsync();
        _session = await pool.OpenAsync(cancellation);
        IsReused = false;
    }

    /// <summary>
    /// Takes a letter that waits, if there is one, to follow on this session, and gives its envelope, to be written behind the end of the message at hand
    /// (RFC 2920, 3.1). Null where none waits, or the session takes no other.
    /// </summary>
    public string? TakeNext()
    {
        if (!Session.Offers.Pipelining || _next is not null || !pool.MayFollow(Session) || pool.TakeWaiting() is not { } next)
        {
            return null;
        }

        _next = next;
        if (Prepared.For(next.Envelope, Session.Offers).Letter is not { } letter)
        {
            // It gets the session all the same, and says there why it can't go.
            return null;
        }

        next.WrittenAhead = letter;
        return new EnvelopeText(letter, Session.Offers).ToString();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.ReturnAsync(_session, _next);
}
