using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>How a walk ends, or where it stands.</summary>
internal static class WalkEnd
{
    /// <summary>
    /// A walk that a person must look at, that an exit rule ended, or that has a message whose outcome nobody knows, ends so. Then what is still under way
    /// counts, and at last the newest message.
    /// </summary>
    public static Ending Of(Enrolment walk, IReadOnlyList<WatchedDelivery> deliveries, JourneyState? state, DateTimeOffset now)
    {
        if (walk.State == EnrolmentState.Failed)
            return new Ending(ChainOutcome.Failed, walk.Reason);
        if (walk.State == EnrolmentState.Exited)
            return walk.GoalAt is { } won ? Reached(won, $"; {walk.Reason}") : new Ending(ChainOutcome.Exited, walk.Reason);
        if (deliveries.FirstOrDefault(one => one.Delivery.State == DeliveryState.Unknown) is { } unknown)
            return new Ending(ChainOutcome.Unknown, unknown.Delivery.Reason, unknown.LookUpAt);
        var open = deliveries.LastOrDefault(one => Chain.IsOpen(one.Delivery))?.Delivery;
        if (state is { Standing: JourneyStanding.Paused } && (open is not null || walk.State == EnrolmentState.Active))
            return new Ending(ChainOutcome.Paused, state.Words);
        if (open is not null)
            return Open(open);
        if (walk.State == EnrolmentState.Active)
            return Active(walk, deliveries, now);
        if (walk.Context.Splits.Values.Any(place => place.Variant == SplitStep.HeldOut))
            return new Ending(ChainOutcome.HeldOut, walk.Reason);
        if (walk.GoalAt is { } goal)
            return Reached(goal, "");
        return deliveries.Count == 0 ? new Ending(ChainOutcome.Completed, walk.Reason) : Ended(deliveries[^1].Delivery);
    }

    private static Ending Reached(DateTimeOffset goal, string more) => new(ChainOutcome.GoalReached, $"its goal was reached on {Words.Moment(goal)}{more}");

    private static Ending Open(Delivery delivery) => delivery.State switch
    {
        DeliveryState.Planned or DeliveryState.Deferred when delivery.AwaitsRoom => new Ending(ChainOutcome.AwaitsRoom, delivery.Reason, delivery.DueAt),
        DeliveryState.Planned => new Ending(ChainOutcome.Planned, delivery.Reason, delivery.DueAt),
        DeliveryState.Deferred => new Ending(ChainOutcome.Deferred, delivery.Reason, delivery.DueAt),
        _ => new Ending(ChainOutcome.Sending, delivery.Reason),
    };

    private static Ending Active(Enrolment walk, IReadOnlyList<WatchedDelivery> deliveries, DateTimeOffset now)
    {
        if (walk.DueAt <= now)
            return new Ending(ChainOutcome.Due, $"it is due at step {walk.StepId} since {Words.Moment(walk.DueAt.Value)} and not walked on yet");
        // A wait keeps its words until it is looked at again; a message that was sent meanwhile has overtaken them.
        var overtaken = walk.WaitsFor is not null && walk.Context.Trail is [.., var last] && deliveries.Any(one => one.Delivery.ChangedAt >= last.At)
            && !walk.Reason.Contains(" until ", StringComparison.Ordinal);
        return new Ending(ChainOutcome.Waiting, overtaken ? $"waits for {walk.WaitsFor}; it last looked before the message was sent" : walk.Reason, walk.DueAt);
    }

    private static Ending Ended(Delivery delivery) => new(
        delivery.State switch
        {
            DeliveryState.Accepted when delivery.Engagement == Engagement.Failed => ChainOutcome.NotArrived,
            DeliveryState.Accepted => ChainOutcome.Sent,
            DeliveryState.Rejected => ChainOutcome.Rejected,
            DeliveryState.Expired => ChainOutcome.Expired,
            _ => ChainOutcome.Suppressed,
        },
        delivery.Reason);
}
