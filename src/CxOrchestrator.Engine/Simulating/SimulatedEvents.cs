using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>What happens to customers in a simulation: events in the order of their time, told when it has come.</summary>
public sealed class SimulatedEvents(IEventIntake intake, IEventStream stream)
{
    private const int Page = 2_000;

    private readonly Queue<IncomingEvent> _next = [];
    private readonly Dictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>When the next happens, or null.</summary>
    public DateTimeOffset? Next => _next.TryPeek(out var next) ? next.Time : null;

    /// <summary>How many were taken in.</summary>
    public long Taken { get; private set; }

    /// <summary>Why others were not, and how often.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>Tells what has happened by now.</summary>
    public async Task TellAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        var due = new List<IncomingEvent>();
        while (_next.TryPeek(out var next) && next.Time <= now)
        {
            due.Add(_next.Dequeue());
            if (_next.Count == 0)
                await FillAsync(cancellation);
        }

        if (due.Count == 0)
            return;
        foreach (var result in await intake.AcceptAsync(due, allOrNone: false, cancellation))
        {
            if (result.Outcome == IntakeOutcome.Stored)
                Taken++;
            else
                _refusals[result.Reason] = _refusals.GetValueOrDefault(result.Reason) + 1;
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        while (_next.Count == 0 && !_isOver)
        {
            var page = await stream.NextAsync(Page, cancellation);
            _isOver = page.Count == 0;
            foreach (var one in page)
                _next.Enqueue(one);
        }
    }
}
