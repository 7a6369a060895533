using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Connections;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// Calls one connection by the version whose turn it is, and tells the trial how it went. A call is made once: what one version
/// failed is never repeated by the other, since nobody knows what the first one did.
/// </summary>
internal static class SharedCall
{
    /// <summary>Makes the call; null where the connector was replaced a moment ago, and the connection has to be found anew.</summary>
    public static async Task<CallResult<T>?> CallAsync<TCapability, T>(
        ConnectionSlot slot, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        if (slot.Live is not { } active)
            return null;
        if (slot.Canary is not { } canary || Answers.HaveCursors<T>())
            return await active.TryCallAsync(kind, call, cancellation);
        if (Answers.AreAboutTheConnector<T>())
            return await AskBothAsync(active, canary, kind, call, cancellation);
        if (canary.Takes(typeof(TCapability)) && await canary.Live.TryCallAsync(kind, call, cancellation) is { } byCandidate)
            return Noted(slot, canary, byCandidate: true, byCandidate, typeof(TCapability));
        return await active.TryCallAsync(kind, call, cancellation) is { } byActive
            ? Noted(slot, canary, byCandidate: false, byActive, typeof(TCapability))
            : null;
    }

    /// <summary>Tells the trial how a call went.</summary>
    public static CallResult<T> Noted<T>(ConnectionSlot slot, Canary canary, bool byCandidate, CallResult<T> result, Type capability)
    {
        if (CallOutcomes.Of(result, capability) is { } outcome)
            canary.Trial.Note(slot.Plan.Name, byCandidate, outcome, canary.Live.Guard.Breaker.Position != Guard.BreakerPosition.Closed);
        return result;
    }

    private static async Task<CallResult<T>?> AskBothAsync<TCapability, T>(
        LiveConnection active, Canary canary, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        var said = await active.TryCallAsync(kind, call, cancellation);
        if (said is not CallResult<T>.Answered answered || !canary.Stands(typeof(TCapability)))
            return said;
        var other = await canary.Live.TryCallAsync(kind, call, cancellation) as CallResult<T>.Answered;
        return answered with { Value = Answers.MoreCareful(answered.Value, other is null ? null : other.Value) };
    }
}
