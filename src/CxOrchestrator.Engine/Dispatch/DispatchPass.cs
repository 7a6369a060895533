using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Sends deliveries that are due: decides on each, writes those that may go, and hands them over in groups. What may not go now keeps its row with the
/// reason.
/// </summary>
internal sealed class DispatchPass(
    ILedger ledger, ICustomerStore customers, IEnrolmentStore enrolments, IConsentStore consents, IPublishedContent content,
    SendDecider decider, Composer composer, HandOverGroup handOver,
    CoreSettings settings, Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges,
    ILogger<DispatchPass> log) : IPass
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Work Work => Work.Deliveries;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var lease = node.Lease(options.CallLease);
        var claimed = await ledger.ClaimDueAsync(lease, clocks.Now, settings.Sending.Batch, stop);
        if (claimed.Count == 0)
            return 0;

        var (ready, decided, forward) = await DecideAsync(claimed);
        if (decided.Count > 0)
            await ledger.CompleteAsync(lease, decided, CancellationToken.None);
        forward += await SendAsync(lease, ready, stop);
        nudges.Nudge(Work.WriteBacks);
        nudges.Nudge(Work.Events);
        nudges.Nudge(Work.Enrolments);
        return forward;
    }

    private async Task<(List<ReadyDelivery> Ready, List<DeliveryOutcome> Decided, int Forward)> DecideAsync(IReadOnlyList<Delivery> claimed)
    {
        var facts = await DispatchFacts.LoadAsync(customers, enrolments, consents, claimed, CancellationToken.None);
        var ready = new List<ReadyDelivery>();
        var decided = new List<DeliveryOutcome>();
        var forward = 0;
        var now = clocks.Now;
        foreach (var delivery in claimed)
        {
            var enrolment = facts.Enrolments.GetValueOrDefault(delivery.EnrolmentId);
            var (verdict, message) = Decide(delivery, enrolment, facts, now);
            if (verdict is Verdict.Go go)
            {
                ready.Add(new ReadyDelivery(delivery, enrolment, go, message!));
                continue;
            }

            decided.Add(Outcomes.Of(delivery, enrolment, verdict, now));
            // An outage is no way forward: the loop rests instead of claiming the same rows again.
            forward += verdict is Verdict.Later { Outage: true } ? 0 : 1;
        }

        return (ready, decided, forward);
    }

    private (Verdict Verdict, Composed? Message) Decide(Delivery delivery, Enrolment? enrolment, DispatchFacts facts, DateTimeOffset now)
    {
        try
        {
            var verdict = decider.Decide(delivery, facts, now);
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

    private async Task<int> SendAsync(Lease lease, List<ReadyDelivery> ready, CancellationToken stop)
    {
        var forward = 0;
        var staleAt = lease.Now + options.DecisionsHold;
        var left = new Queue<ReadyDelivery>(ready);
        var returned = new List<DeliveryOutcome>();
        while (left.Count > 0 && !stop.IsCancellationRequested && clocks.MachineNow < staleAt)
        {
            var group = new List<ReadyDelivery>();
            while (group.Count < settings.Sending.Concurrency && left.TryDequeue(out var one))
            {
                // What a group before has found dead is not tried by the rest of the batch.
                if (decider.Outage(one.Go.Connection, clocks.Now) is { } outage)
                    returned.Add(Outcomes.Of(one.Delivery, one.Enrolment, outage, clocks.Now));
                else
                    group.Add(one);
            }

            if (group.Count > 0)
                forward += await handOver.SendAsync(group);
        }

        returned.AddRange(left.Select(one => Outcomes.Returned(one.Delivery, clocks.Now)));
        if (returned.Count > 0)
            await ledger.CompleteAsync(lease, returned, CancellationToken.None);
        return forward;
    }
}
