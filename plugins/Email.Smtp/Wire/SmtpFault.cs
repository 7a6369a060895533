namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>
/// The conversation can't go on, and the message was not handed over. Its text is safe to show.
/// </summary>
internal sealed class SmtpFault : Exception
{
    public SmtpFault(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>True where the server is gone; on a connection that was kept, it may have closed it while nobody looked.</summary>
    public bool ConnectionLost { get; init; }
}
