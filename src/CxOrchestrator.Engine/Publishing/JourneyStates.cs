using System.Collections.Frozen;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>How journeys stand, as it was read last; and the way out of what is due for what a pause holds. Safe to share between threads.</summary>
internal sealed class JourneyStates(IJourneyStateStore store)
{
    private FrozenDictionary<string, JourneyState> _states = FrozenDictionary<string, JourneyState>.Empty;

    /// <summary>What was said of a journey, or null.</summary>
    public JourneyState? Of(string journey) => Volatile.Read(ref _states).GetValueOrDefault(journey);

    /// <summary>How a journey stands that takes nobody in; null where it does.</summary>
    public JourneyState? Closed(string journey) => Of(journey) is { TakesIn: false } state ? state : null;

    /// <summary>How a journey stands whose people don't walk and whose messages don't go; null where they do.</summary>
    public JourneyState? Still(string journey) => Of(journey) is { Standing: JourneyStanding.Paused or JourneyStanding.Stopped } state ? state : null;

    /// <summary>Reads what is said now.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var states = await store.AllAsync(cancellation);
        if (states.Count > 0 || Volatile.Read(ref _states).Count > 0)
            Volatile.Write(ref _states, states.ToFrozenDictionary(state => state.Journey, StringComparer.Ordinal));
    }

    /// <summary>
    /// Those of taken walks that may be walked, and those that a pause holds. The walks of a stopped journey are neither: they are left to whoever ends them.
    /// </summary>
    public async Task<(IReadOnlyList<Enrolment> Walking, IReadOnlyList<Enrolment> Held)> WalkingAsync(
        IReadOnlyList<Enrolment> taken, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        return Volatile.Read(ref _states).Count == 0 ? (taken, [])
            : ([.. taken.Where(walk => Still(walk.Journey) is null)],
                [.. taken.Where(walk => Still(walk.Journey) is { Standing: JourneyStanding.Paused })]);
    }

    /// <summary>Takes walks that a pause holds out of what is due.</summary>
    public Task HoldAsync(IReadOnlyList<Enrolment> walks, CancellationToken cancellation) =>
        walks.Count == 0 ? Task.CompletedTask : store.HoldWalksAsync(walks, cancellation);

    /// <summary>Remembers when messages that are put off by a pause were due.</summary>
    public Task HoldAsync(IReadOnlyList<Delivery> messages, CancellationToken cancellation) =>
        messages.Count == 0 ? Task.CompletedTask : store.HoldMessagesAsync(messages, cancellation);
}
