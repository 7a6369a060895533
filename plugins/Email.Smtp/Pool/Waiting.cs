using CxOrchestrator.Plugins.EmailSmtp.Wire;

namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>A letter that waits for its turn on one of the pool's connections.</summary>
/// <param name="envelope">The letter.</param>
internal sealed class Waiting(Envelope envelope)
{
    private readonly TaskCompletionSource<SmtpSession?> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The letter.</summary>
    public Envelope Envelope => envelope;

    /// <summary>The letter as it was prepared for the session on which its envelope was written ahead; null where nothing was written.</summary>
    public Prepared? WrittenAhead { get; set; }

    /// <summary>Its turn: a session to go on with, or null for a place without one.</summary>
    public Task<SmtpSession?> Turn => _turn.Task;

    /// <summary>Gives it its turn; false where it has given up.</summary>
    public bool TryGo(SmtpSession? session) => _turn.TrySetResult(session);

    /// <summary>It waits no longer.</summary>
    public void GiveUp(CancellationToken cancellation) => _turn.TrySetCanceled(cancellation);
}
