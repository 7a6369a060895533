using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>The one sentence on top.</summary>
internal static class Sentence
{
    /// <summary>For a chain without a walk.</summary>
    public static string Of(Chain chain, Ending ending)
    {
        var message = chain.InForce?.Steps.OfType<SendStep>().FirstOrDefault()?.Message;
        return message is null || message == chain.Key
            ? Ended($"{chain.Who} did not begin {chain.Key}: {ending.Reason}")
            : Ended($"{chain.Who} did not get {message} ({chain.Key}): {ending.Reason}");
    }

    /// <summary>For a chain whose newest walk is this one.</summary>
    public static string Of(Chain chain, Enrolment walk, Ending ending)
    {
        var messages = chain.DeliveriesOf(walk).Select(one => Told(one.Delivery)).ToList();
        var got = messages.Count == 0 ? $"no message of {walk.Journey} was planned for {chain.Who}" : $"{chain.Who} {string.Join(", ", messages)}";
        var sentence = Ended($"{got}; {Stands(walk, ending)}{Goal(chain, walk)}{Since(chain, walk)}");
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private static string Ended(string sentence) => sentence[^1] is '.' or '?' ? sentence : sentence + ".";

    private static string Told(Delivery one) => one.State switch
    {
        DeliveryState.Accepted when one.Engagement == Engagement.Failed => $"was sent {one.Message} by {Words.Of(one.SentVia)}, and it did not arrive",
        DeliveryState.Accepted => $"got {one.Message} by {Words.Of(one.SentVia)} on {Words.Moment(one.HandedOverAt ?? one.ChangedAt)}",
        DeliveryState.Unknown => $"may have got {one.Message}, which nobody knows ({one.Reason})",
        DeliveryState.Planned or DeliveryState.Deferred => $"has not got {one.Message} yet ({one.Reason}; next try {Words.Moment(one.DueAt)})",
        DeliveryState.Claimed or DeliveryState.HandedOver => $"is being sent {one.Message}",
        _ => $"did not get {one.Message} ({one.Reason})",
    };

    private static string Stands(Enrolment walk, Ending ending) => walk.State switch
    {
        EnrolmentState.Failed => $"the walk was stopped by an error and needs a person: {walk.Reason}",
        EnrolmentState.Exited => $"the walk was left: {walk.Reason}",
        EnrolmentState.Completed => $"the walk has ended: {walk.Reason}",
        _ when ending.Outcome == ChainOutcome.Due => $"the walk goes on: {ending.Reason}",
        _ => $"the walk stands at step {walk.StepId}: {(ending.Outcome is ChainOutcome.Waiting or ChainOutcome.Paused ? ending.Reason : walk.Reason)}",
    };

    // A split counts a goal also where the walk had ended before.
    private static string Goal(Chain chain, Enrolment walk) =>
        (walk.GoalAt ?? chain.Facts.Splits.FirstOrDefault(one => one.EnrolmentId == walk.Id)?.GoalAt) is { } at ? $"; its goal was reached on {Words.Moment(at)}" : "";

    // Why it did not begin again is what is asked for most.
    private static string Since(Chain chain, Enrolment walk)
    {
        if (chain.About is not null)
            return "";
        var refused = chain.Facts.Events
            .Select(one => (one.Event, Decision: one.Decisions.FirstOrDefault(decision => decision.Journey == walk.Journey && decision.Outcome is > EventOutcome.Enrolled and < EventOutcome.NoJourney)))
            .Where(one => one.Decision is not null && one.Decision.Time > walk.StartedAt)
            .OrderBy(one => one.Decision!.Time).LastOrDefault();
        return refused.Decision is { } decision ? $"; {refused.Event.Type} of {Words.Moment(refused.Event.Time)} began nothing more: {decision.Reason}" : "";
    }
}
