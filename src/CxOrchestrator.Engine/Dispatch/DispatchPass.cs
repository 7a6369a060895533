using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Sends deliveries that are due: decides on each, writes those that may go, and hands them over. What may not go now keeps its row with the reason.
/// </summary>
internal sealed class DispatchPass(
    ILedger ledger, ISendingFactStore factStore, IPublishedContent content,
    SendDecider decider, AttentionDesk attention, JourneyStates states, Composer composer, HandOvers handOvers,
    CoreSettings settings, Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges,
    ILogger<DispatchPass> log) : IPass
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Work Work => Work.Deliveries;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var until = clocks.MachineNow + options.DecisionsHold;
        var flow = handOvers.Begin(stop);
        var forward = 0;
        try
        {
            // While a batch is on its way the next is claimed and written; one that isn't full, or brings nothing, is the last.
            while (await BatchAsync(flow, stop) is var (decided, more))
            {
                forward += decided;
                if (!more || stop.IsCancellationRequested || clocks.MachineNow >= until)
                    break;
            }
        }
        finally
        {
            forward += await flow.EndAsync();
            NudgeOthers();
        }

        return forward;
    }

    private async Task<(int Decided, bool More)> BatchAsync(SendFlow flow, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var lease = node.Lease(options.CallLease);
        var claimed = await ledger.ClaimDueAsync(lease, clocks.Now, settings.Sending.Batch, stop);
        if (claimed.Count == 0)
            return (0, false);
        DispatchMeter.Took("claim deliveries", since);
        // After the claim: what is claimed was planned by versions that are published, and what they listen to must be known when it is accepted.
        await content.RefreshAsync(CancellationToken.None);

        var (ready, decided, forward) = await DecideAsync(claimed);
        if (decided.Count > 0)
            await ledger.CompleteAsync(lease, decided, CancellationToken.None);
        if (ready.Count > 0)
            await flow.OfferAsync(ready, lease.Now + options.DecisionsHold);
        NudgeOthers();
        return (forward, claimed.Count == settings.Sending.Batch && ready.Count + forward > 0);
    }

    private void NudgeOthers()
    {
        nudges.Nudge(Work.WriteBacks);
        nudges.Nudge(Work.Events);
        nudges.Nudge(Work.Enrolments);
    }

    private async Task<(List<ReadyDelivery> Ready, List<DeliveryOutcome> Decided, int Forward)> DecideAsync(IReadOnlyList<Delivery> claimed)
    {
        var since = Stopwatch.GetTimestamp();
        var facts = await factStore.ReadAsync(claimed, CancellationToken.None);
        DispatchMeter.Took("facts", since);
        since = Stopwatch.GetTimestamp();
        var ready = new List<ReadyDelivery>();
        var decided = new List<DeliveryOutcome>();
        var held = new List<Delivery>();
        var forward = 0;
        await states.RefreshAsync(CancellationToken.None);
        var now = clocks.Now;
        var bidding = await attention.OpenAsync(claimed, now);
        foreach (var delivery in bidding.InOrder(claimed))
        {
            var enrolment = facts.Enrolments.GetValueOrDefault(delivery.EnrolmentId);
            var (verdict, message) = Decide(delivery, enrolment, facts, bidding, now);
            if (verdict is Verdict.Go go)
            {
                ready.Add(new ReadyDelivery(delivery, enrolment, go, message!));
                continue;
            }

            if (verdict is Verdict.Later { Held: true })
                held.Add(delivery);
            decided.Add(attention.Freeing(delivery, Outcomes.Of(delivery, enrolment, verdict, now)));
            // An outage is no way forward: the loop rests instead of claiming the same rows again.
            forward += verdict is Verdict.Later { Outage: true } ? 0 : 1;
        }

        await states.HoldAsync(held, CancellationToken.None);
        DispatchMeter.Took("decide and render", since);
        // What frees room is stored after what was told to wait for it.
        return (ready, [.. decided.OrderBy(one => one.Effects.Freed.Count)], forward);
    }

    private (Verdict Verdict, Composed? Message) Decide(Delivery delivery, Enrolment? enrolment, SendingFacts facts, Bidding bidding, DateTimeOffset now)
    {
        try
        {
            var verdict = bidding.Hear(delivery, decider.Decide(delivery, facts, now));
            if (verdict is not Verdict.Go go)
                return (verdict, null);
            var message = composer.Compose(delivery, facts.Customers[delivery.CustomerId], enrolment, go, now);
            return message.Fault is null ? (go, message) : (new Verdict.Never(DeliveryState.Suppressed, message.Fault), null);
        }
        catch (Exception error)
        {
            // A bug met by one row must not hold up the others for ever; it is looked at again until it expires.
            log.LogError(error, "Delivery {Delivery} of {Journey} could not be decided on.", delivery.Id, delivery.Journey);
            return (new Verdict.Later(now + AfterFault, $"could not be decided on: {error.Message}", Outage: true), null);
        }
    }
}
