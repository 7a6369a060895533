using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Triggers;

namespace CxOrchestrator.Engine.Walking;

/// <summary>
/// Walks enrolments that are due, a batch in one transaction. A move that meets a newer state of its enrolment is left out with all that belongs to it;
/// what changed the enrolment has made it due again, if it is.
/// </summary>
internal sealed class WalkPass(
    ICustomerStore customers, IPublishedContent content, IWork work, WalkGuard walks, JourneyStates states,
    SendRelays relays, Clocks clocks, EngineNode node, EngineOptions options, LaneTurns turns, Nudges nudges) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Enrolments;

    /// <inheritdoc/>
    public int Full => options.WalkBatch;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        using var places = await relays.TakePlacesAsync(options.WalkBatch);
        var now = clocks.Now;
        var effects = new EffectCollector();
        var (held, left) = ((IReadOnlyList<Enrolment>)[], 0);
        var since = Stopwatch.GetTimestamp();
        var claim = new WalkClaim(node.Lease(options.StoreLease), now, turns.Next(), options.WalkBatch);
        var report = await WalkDueAsync(claim, WalkAsync, places, stop);
        if (report.Taken == 0)
            return 0;
        // After the walk has let go of its rows: they are taken out of what is due under their revision, so that whoever was faster counts.
        await states.HoldAsync(held, CancellationToken.None);

        DispatchMeter.Took("commit steps", since);
        WalkMeter.Walked(report.Taken - held.Count - left - report.RefusedMoves.Count);
        Tell(effects, report);
        return report.Taken - left - report.RefusedMoves.Count;

        async Task<Effects> WalkAsync(IReadOnlyList<Enrolment> taken)
        {
            (var due, held) = await states.WalkingAsync(taken, CancellationToken.None);
            left = taken.Count - due.Count - held.Count;
            DispatchMeter.Took("claim enrolments", since);
            since = Stopwatch.GetTimestamp();
            effects = await this.WalkAsync(due, now);
            DispatchMeter.Took("walk", since);
            since = Stopwatch.GetTimestamp();
            var claims = places.Claim(effects.Deliveries);
            return effects.ToEffects() with { Claim = claims ? node.Lease(options.StoreLease) : null };
        }
    }

    private async Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, RelayPlaces places, CancellationToken stop)
    {
        try
        {
            var report = await work.WalkDueAsync(claim, walk, stop);
            places.Give(report.RefusedMoves);
            return report;
        }
        catch (StoreFaultException away) when (away.MayPass)
        {
            // Whether it is committed nobody knows. Sending finds out; else what is claimed would lie until its lease ends, as it does where it is committed later still.
            places.Give(new HashSet<Guid>());
            nudges.NudgeSending();
            throw;
        }
    }

    private async Task<EffectCollector> WalkAsync(IReadOnlyList<Enrolment> due, DateTimeOffset now)
    {
        var journeys = await JourneyVersions.LoadAsync(content, due, CancellationToken.None);
        var parts = journeys.All.Aggregate(CustomerParts.Row, (read, journey) => read | CustomerReads.Of(journey));
        var people = await customers.GetAsync(due.Select(enrolment => enrolment.CustomerId).ToHashSet(), parts, CancellationToken.None);
        var effects = new EffectCollector();
        var own = new EffectCollector();
        foreach (var enrolment in due)
        {
            if (journeys.Of(enrolment) is not { } journey)
                effects.Moves.Add(WalkGuard.Failed(enrolment, $"version {enrolment.Version} of {enrolment.Journey} was never published", now));
            else if (!people.TryGetValue(enrolment.CustomerId, out var customer))
                effects.Moves.Add(WalkGuard.Failed(enrolment, "the customer is gone", now));
            else
                effects.Moves.Add(await walks.WalkAsync(new Walk(enrolment, journey, customer, now, own)));
            effects.Add(own);
            own.Clear();
        }

        return effects;
    }

    private void Tell(EffectCollector effects, WalkReport report)
    {
        // There may be more: the other loops needn't wait for their next look.
        if (report.Taken == options.WalkBatch)
            nudges.Nudge(Work.Enrolments);
        nudges.NudgeFor(effects);
    }
}
