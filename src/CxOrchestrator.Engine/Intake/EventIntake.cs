using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Intake;

/// <inheritdoc cref="IEventIntake"/>
public sealed class EventIntake(
    IEventStore store, IPublishedContent content, EventTypeList types, Clocks clocks, Nudges nudges) : IEventIntake
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntakeResult>> AcceptAsync(
        IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var now = clocks.Now;
        var known = types.Known();
        var faults = events.Select(incoming => EventCheck.Faults(incoming, known, now)).ToList();
        if (allOrNone && faults.Exists(fault => fault.Length > 0))
            return [.. faults.Select(fault => Refused(fault.Length > 0 ? fault : IntakeResult.OthersRefused))];

        var good = events.Where((_, index) => faults[index].Length == 0).Select(incoming => Stored(incoming, now)).ToList();
        var fresh = good.Count == 0 ? [] : await store.AppendAsync(good, cancellation);
        if (fresh.Contains(true))
            nudges.Nudge(Work.Events);

        using var outcome = fresh.GetEnumerator();
        return [.. faults.Select(fault => fault.Length > 0 ? Refused(fault) : Taken(outcome))];
    }

    private static IntakeResult Refused(string reason) => new(IntakeOutcome.Refused, reason);

    private static IntakeResult Taken(IEnumerator<bool> outcome)
    {
        outcome.MoveNext();
        return outcome.Current
            ? new IntakeResult(IntakeOutcome.Stored)
            : new IntakeResult(IntakeOutcome.Duplicate, "stored before under the same source and id");
    }

    private static CustomerEvent Stored(IncomingEvent incoming, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Source = incoming.Source,
        SourceId = incoming.SourceId,
        Type = incoming.Type,
        Subject = incoming.Subject,
        CustomerId = incoming.CustomerId,
        DeliveryId = incoming.DeliveryId,
        Time = incoming.Time ?? now,
        ReceivedAt = now,
        Data = incoming.Data.ValueKind == JsonValueKind.Undefined ? Json.EmptyObject : incoming.Data,
    };
}
