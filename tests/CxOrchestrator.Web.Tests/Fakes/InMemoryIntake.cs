using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>Takes events in as the contract says: all or none where asked, once each by source and id.</summary>
internal sealed class InMemoryIntake : IEventIntake
{
    private readonly Lock _gate = new();
    private int _entered;

    public Dictionary<(string Source, string Id), IncomingEvent> Stored { get; } = [];

    public int Calls { get; private set; }

    /// <summary>Calls that have begun, answered or not.</summary>
    public int Entered => Volatile.Read(ref _entered);

    /// <summary>The reply waits for this: the commit.</summary>
    public Task Commit { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyList<IntakeResult>> AcceptAsync(
        IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _entered);
        await Commit;
        lock (_gate)
        {
            Calls++;
            var reasons = events.Select(Fault).ToList();
            if (allOrNone && reasons.Exists(reason => reason.Length > 0))
                return [.. reasons.Select(reason => new IntakeResult(IntakeOutcome.Refused, reason.Length > 0 ? reason : IntakeResult.OthersRefused))];
            return [.. events.Select(Take)];
        }
    }

    private static string Fault(IncomingEvent incoming) =>
        incoming.Type is "order.delivered" or "order.returned" && incoming.SourceId.Length > 0 && incoming.Subject.Length > 0
            ? ""
            : $"type '{incoming.Type}' is not known: name it in Events:Types";

    private IntakeResult Take(IncomingEvent incoming) =>
        new(Stored.TryAdd((incoming.Source, incoming.SourceId), incoming) ? IntakeOutcome.Stored : IntakeOutcome.Duplicate);
}
