using System.Data.Common;
using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Triggers;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Walking;

/// <summary>
/// Walks enrolments that are due, a batch in one transaction. A move that meets a newer state of its enrolment is left out with all that belongs to it;
/// what changed the enrolment has made it due again, if it is.
/// </summary>
internal sealed class WalkPass(
    IEnrolmentStore enrolments, ICustomerStore customers, IPublishedContent content, IWork work, Walker walker, JourneyStates states,
    Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges, ILogger<WalkPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Enrolments;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var now = clocks.Now;
        var since = Stopwatch.GetTimestamp();
        var claimed = await enrolments.ClaimDueAsync(node.Lease(options.StoreLease), now, options.WalkBatch, stop);
        var due = claimed.Count == 0 ? claimed : await states.WalkingAsync(claimed, CancellationToken.None);
        if (due.Count == 0)
            return claimed.Count;

        DispatchMeter.Took("claim enrolments", since);
        since = Stopwatch.GetTimestamp();
        var journeys = await JourneyVersions.LoadAsync(content, due, CancellationToken.None);
        var people = await customers.GetAsync([.. due.Select(enrolment => enrolment.CustomerId).Distinct()], CancellationToken.None);
        var effects = new EffectCollector();
        foreach (var enrolment in due)
        {
            if (journeys.Of(enrolment) is not { } journey)
                effects.Moves.Add(Failed(enrolment, $"version {enrolment.Version} of {enrolment.Journey} was never published", now));
            else if (!people.TryGetValue(enrolment.CustomerId, out var customer))
                effects.Moves.Add(Failed(enrolment, "the customer is gone", now));
            else
                effects.Add(await WalkAsync(enrolment, journey, customer, now));
        }

        DispatchMeter.Took("walk", since);
        since = Stopwatch.GetTimestamp();
        var report = await work.CommitAsync(effects.ToEffects(), CancellationToken.None);
        DispatchMeter.Took("commit steps", since);
        Tell(effects);
        return claimed.Count - report.RefusedMoves.Count;
    }

    private async Task<EffectCollector> WalkAsync(Enrolment enrolment, Journey journey, Customer customer, DateTimeOffset now)
    {
        var walk = new Walk(enrolment, journey, customer, now);
        try
        {
            await walker.WalkAsync(walk, CancellationToken.None);
            walk.Effects.Moves.Add(walk.Enrolment);
            return walk.Effects;
        }
        catch (Exception error) when (error is not (DbException or IOException or TimeoutException))
        {
            // The store's own trouble passes and the batch comes again; anything else would come again for ever, and takes this enrolment only.
            log.LogError(error, "Enrolment {Enrolment} of {Journey} failed at step {Step}.", enrolment.Id, journey.Key, walk.Enrolment.StepId);
            var failed = new EffectCollector();
            failed.Moves.Add(Failed(enrolment, $"step {walk.Enrolment.StepId} failed: {error.Message}", now));
            return failed;
        }
    }

    private static Enrolment Failed(Enrolment enrolment, string reason, DateTimeOffset now) => enrolment with
    {
        State = EnrolmentState.Failed,
        DueAt = null,
        WaitsFor = null,
        WaitsOn = null,
        EndedAt = now,
        Reason = reason,
    };

    private void Tell(EffectCollector effects)
    {
        if (effects.Deliveries.Count > 0)
            nudges.Nudge(Work.Deliveries);
        if (effects.Cases.Count > 0)
            nudges.Nudge(Work.Cases);
        if (effects.WriteBacks.Count > 0)
            nudges.Nudge(Work.WriteBacks);
        if (effects.Events.Count > 0)
            nudges.Nudge(Work.Events);
    }
}
