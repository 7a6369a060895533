using CxOrchestrator.Core;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Errands;

/// <summary>
/// Runs errands that are due: calls to connections that something stored has made necessary. One that fails is tried again with the usual back-off; after
/// <see cref="MostAttempts"/> tries, or where it is refused for good, it is dead and says why.
/// </summary>
internal sealed class ErrandPass(
    IErrandStore store, IEnumerable<IErrandRun> runs, Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges, ILogger<ErrandPass> log) : IPass
{
    /// <summary>Tries before an errand is given up: with the back-off, about four days.</summary>
    public const int MostAttempts = 100;

    private readonly Dictionary<ErrandKind, IErrandRun> _runs = runs.ToDictionary(run => run.Kind);

    /// <inheritdoc/>
    public Work Work => Work.Errands;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var lease = node.Lease(options.CallLease);
        var due = await store.ClaimDueAsync(lease, clocks.Now, options.ErrandBatch, stop);
        var ended = 0;
        foreach (var errand in due)
        {
            var late = stop.IsCancellationRequested || clocks.MachineNow > lease.Until - (options.CallLease / 2);
            var outcome = late ? errand : After(errand, await GuardedAsync(errand));
            await store.CompleteAsync(lease, outcome, CancellationToken.None);
            ended += outcome.State == ErrandState.Waiting ? 0 : 1;
        }

        if (ended > 0)
        {
            nudges.Nudge(Work.Events);
            nudges.Nudge(Work.WriteBacks);
        }

        return ended;
    }

    private async Task<ErrandOutcome> GuardedAsync(Errand errand)
    {
        try
        {
            return await _runs[errand.Kind].RunAsync(errand);
        }
        catch (Exception error)
        {
            log.LogError(error, "Errand {Kind} to {Connection} failed; it is tried again.", errand.Kind, errand.Connection);
            return new ErrandOutcome.Again($"failed with {error.GetType().Name}", null, Tried: true);
        }
    }

    private Errand After(Errand errand, ErrandOutcome outcome)
    {
        var tried = errand with { Attempts = errand.Attempts + 1 };
        switch (outcome)
        {
            case ErrandOutcome.Done done:
                return tried with { State = ErrandState.Done, DueAt = null, Reason = ReasonText.Of(done.Words) };
            case ErrandOutcome.Dead dead:
                return Dead(tried, dead.Reason);
            case ErrandOutcome.Again again when again.Tried && tried.Attempts >= MostAttempts:
                return Dead(tried, $"given up after {tried.Attempts} tries; last: {again.Reason}");
            case ErrandOutcome.Again again:
                var kept = again.Tried ? tried : errand;
                var pause = BackOff.After(SpreadOf(errand), Math.Max(1, kept.Attempts), again.RetryAfter);
                return kept with { DueAt = clocks.Now + pause, Reason = ReasonText.Of(again.Reason) };
            default:
                throw new InvalidOperationException($"{outcome} is no outcome of an errand.");
        }
    }

    private Errand Dead(Errand tried, string reason)
    {
        log.LogError("Errand {Kind} to {Connection} is given up: {Reason}", tried.Kind, tried.Connection, reason);
        return tried with { State = ErrandState.Dead, DueAt = null, Reason = ReasonText.Of(reason) };
    }

    // The back-off spreads by key; any number that is the same for the same errand will do.
    private static Guid SpreadOf(Errand errand)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        foreach (var letter in errand.Key)
            bytes[15] = (byte)((bytes[15] * 31) + letter);
        return new Guid(bytes, bigEndian: true);
    }
}
