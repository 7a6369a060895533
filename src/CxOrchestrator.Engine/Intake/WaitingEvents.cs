using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Intake;

/// <summary>The events of one call, which are stored together or not at all, and whoever waits for them.</summary>
internal sealed class WaitingEvents(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation)
{
    // Whoever waits goes on elsewhere: the writer is for writing.
    private readonly TaskCompletionSource<IReadOnlyList<bool>> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The events.</summary>
    public IReadOnlyList<CustomerEvent> Events { get; } = events;

    /// <summary>Ends after the commit: whether each was new.</summary>
    public Task<IReadOnlyList<bool>> Stored => _stored.Task;

    /// <summary>True, and told so, where the caller has given up before the writer began.</summary>
    public bool GivenUp() => cancellation.IsCancellationRequested && _stored.TrySetCanceled(cancellation);

    /// <summary>They are stored: tells whether each was new.</summary>
    public void Done(IReadOnlyList<bool> fresh) => _stored.TrySetResult(fresh);

    /// <summary>They are not stored, or nobody knows.</summary>
    public void Failed(Exception fault) => _stored.TrySetException(fault);
}
