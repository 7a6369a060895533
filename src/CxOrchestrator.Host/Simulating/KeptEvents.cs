using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Host.Simulating;

/// <summary>Takes events in to keep them until their time comes.</summary>
internal sealed class KeptEvents : IEventIntake
{
    private readonly List<IncomingEvent> _events = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<IncomingEvent> All => _events;

    /// <inheritdoc/>
    public Task<IReadOnlyList<IntakeResult>> AcceptAsync(IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation)
    {
        _events.AddRange(events);
        return Task.FromResult<IReadOnlyList<IntakeResult>>([.. events.Select(_ => new IntakeResult(IntakeOutcome.Stored))]);
    }
}
