using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Publishing;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Decides on claimed deliveries of one channel, a batch at once, and writes those that may go.</summary>
internal sealed class DispatchDecisions(
    ISendingFactStore factStore, SendDecider decider, AttentionDesk attention, JourneyStates states, Composer composer, Clocks clocks, ILogger<DispatchDecisions> log)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);

    public async Task<Decided> DecideAsync(Channel channel, IReadOnlyList<Delivery> claimed)
    {
        var since = Stopwatch.GetTimestamp();
        var facts = await factStore.ReadAsync(claimed, CancellationToken.None);
        DispatchMeter.Took("facts", since);
        since = Stopwatch.GetTimestamp();
        var decided = new Decided();
        var held = new List<Delivery>();
        await states.RefreshAsync(CancellationToken.None);
        var now = clocks.Now;
        var bidding = await attention.OpenAsync(claimed, now);
        foreach (var delivery in bidding.InOrder(claimed))
        {
            var enrolment = facts.Enrolments.GetValueOrDefault(delivery.EnrolmentId);
            var (verdict, message) = Decide(channel, delivery, enrolment, facts, bidding, now);
            if (Via(verdict) is { } via && via != channel)
            {
                decided.PassedOn.Add((via, delivery.Id));
                bidding.PassOn(delivery);
                continue;
            }

            if (verdict is Verdict.Go go)
            {
                decided.Ready.Add(new ReadyDelivery(delivery, enrolment, go, message!));
                continue;
            }

            if (verdict is Verdict.Later { Held: true })
                held.Add(delivery);
            decided.Outcomes.Add(attention.Freeing(delivery, Outcomes.Of(delivery, enrolment, verdict, now)));
            if (verdict is Verdict.Later { Outage: true })
                decided.Out++;
        }

        // What frees room is stored after what was told to wait for it.
        decided.Outcomes.Sort((one, other) => one.Effects.Freed.Count.CompareTo(other.Effects.Freed.Count));
        await states.HoldAsync(held, CancellationToken.None);
        DispatchMeter.Took("decide and render", since);
        return decided;
    }

    private static Channel? Via(Verdict verdict) => verdict switch
    {
        Verdict.Go go => go.Via,
        Verdict.Later later => later.Via,
        _ => null,
    };

    private (Verdict Verdict, Composed? Message) Decide(
        Channel channel, Delivery delivery, Enrolment? enrolment, SendingFacts facts, Bidding bidding, DateTimeOffset now)
    {
        try
        {
            var verdict = decider.Decide(delivery, facts, now);
            if (Via(verdict) == channel)
                verdict = bidding.Hear(delivery, verdict);
            if (verdict is not Verdict.Go go || go.Via != channel)
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
