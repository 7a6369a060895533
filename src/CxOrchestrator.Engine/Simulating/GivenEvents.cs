using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Events that the user gives; those before the beginning and after the end are left out.</summary>
public sealed class GivenEvents(IEnumerable<IncomingEvent> events, DateTimeOffset from, DateTimeOffset to) : IEventStream
{
    private readonly Queue<IncomingEvent> _left = new(events
        .Where(one => one.Time >= from && one.Time < to)
        .OrderBy(one => one.Time).ThenBy(one => one.Source, StringComparer.Ordinal).ThenBy(one => one.SourceId, StringComparer.Ordinal));

    /// <summary>No events.</summary>
    public static GivenEvents None { get; } = new([], DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncomingEvent>> NextAsync(int about, CancellationToken cancellation)
    {
        var page = new List<IncomingEvent>();
        while (page.Count < about && _left.TryDequeue(out var next))
            page.Add(next);
        return Task.FromResult<IReadOnlyList<IncomingEvent>>(page);
    }
}
