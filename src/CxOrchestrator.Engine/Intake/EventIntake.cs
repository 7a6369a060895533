using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Intake;

/// <inheritdoc cref="IEventIntake"/>
internal sealed class EventIntake(
    GroupCommit groups, IPublishedContent content, EventTypeList types, Clocks clocks, Nudges nudges) : IEventIntake
{
    private static readonly IntakeResult Fresh = new(IntakeOutcome.Stored);
    private static readonly IntakeResult Known = new(IntakeOutcome.Duplicate, "stored before under the same source and id");
    private static readonly IReadOnlyList<IntakeResult> OneFresh = [Fresh];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntakeResult>> AcceptAsync(
        IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation)
    {
        var now = clocks.Now;
        var known = await KnownTypesAsync(events, cancellation);
        var faults = FaultsOf(events, known, now);
        if (faults is null)
            return Results(await StoreAsync([.. events.Select(incoming => Stored(incoming, now))], cancellation));
        if (allOrNone)
            return [.. faults.Select(fault => Refused(fault.Length > 0 ? fault : IntakeResult.OthersRefused))];

        var good = events.Where((_, index) => faults[index].Length == 0).Select(incoming => Stored(incoming, now)).ToList();
        var fresh = new Queue<bool>(good.Count == 0 ? [] : await StoreAsync(good, cancellation));
        return [.. faults.Select(fault => fault.Length > 0 ? Refused(fault) : fresh.Dequeue() ? Fresh : Known)];
    }

    // A type that isn't known may have become so a moment ago; to ask the store about every event would cost as much as storing it.
    private async ValueTask<IReadOnlySet<string>> KnownTypesAsync(IReadOnlyList<IncomingEvent> events, CancellationToken cancellation)
    {
        var known = types.Known();
        for (var i = 0; i < events.Count; i++)
        {
            if (EventCheck.IsKnown(events[i], known))
                continue;
            await content.RefreshAsync(cancellation);
            return types.Known();
        }

        return known;
    }

    // Null where there are none: nearly always.
    private static string[]? FaultsOf(IReadOnlyList<IncomingEvent> events, IReadOnlySet<string> known, DateTimeOffset now)
    {
        string[]? faults = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (EventCheck.Faults(events[i], known, now) is not { Length: > 0 } fault)
                continue;
            faults ??= [.. Enumerable.Repeat("", events.Count)];
            faults[i] = fault;
        }

        return faults;
    }

    private async Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation)
    {
        var fresh = events.Count == 0 ? [] : await groups.AppendAsync(events, cancellation);
        if (fresh.Contains(true))
            nudges.Nudge(Work.Events);
        return fresh;
    }

    private static IReadOnlyList<IntakeResult> Results(IReadOnlyList<bool> fresh) =>
        fresh is [true] ? OneFresh : [.. fresh.Select(isFresh => isFresh ? Fresh : Known)];

    private static IntakeResult Refused(string reason) => new(IntakeOutcome.Refused, reason);

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
