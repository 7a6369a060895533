using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Triggers;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>Why there is no walk.</summary>
internal static class NoWalkEnd
{
    /// <summary>The end of a chain without a walk of a journey that is published.</summary>
    public static Ending Of(Chain chain, Journey journey)
    {
        if (chain.About is { } about)
            return OfEvent(chain, about);
        return journey.Trigger switch
        {
            EventTrigger trigger => OfTrigger(chain, trigger),
            ScheduleTrigger trigger => OfSchedule(chain, journey, trigger),
            _ => new Ending(ChainOutcome.NeverTriggered, "what begins it is not known to this version of the product"),
        };
    }

    /// <summary>What an event came to that began no walk.</summary>
    public static Ending Of(DecidedEvent stored)
    {
        var fact = stored.Event;
        var name = $"{fact.Type} ({fact.Source}/{fact.SourceId})";
        if (stored.Decisions.FirstOrDefault(decision => decision.Journey.Length > 0 && decision.Outcome <= EventOutcome.NoJourney) is { } decision)
            return new Ending(Named(decision.Outcome), $"{name}: {decision.Reason}");
        if (!stored.Processed)
            return new Ending(ChainOutcome.AwaitingDecision, $"{name} came on {Words.Moment(fact.ReceivedAt)} and is not decided on yet");
        return stored.Decisions.Count > 0
            ? new Ending(ChainOutcome.NotListening, $"{name} was decided on when this journey did not begin with it: {stored.Decisions[0].Reason}")
            : new Ending(ChainOutcome.NotListening, $"{name} is done with and left no decision on this journey; other journeys began with its type when it came");
    }

    private static Ending OfEvent(Chain chain, EventName about)
    {
        if (chain.Facts.About is null)
            return new Ending(ChainOutcome.EventUnknown, $"no event {about} is stored{Near(about.Id, [.. chain.Facts.Events.Where(one => one.Event.Source == about.Source).Select(one => one.Event.SourceId)])}");
        return chain.AboutIsTheirs ? Of(chain.Facts.About) : new Ending(ChainOutcome.EventUnknown, $"the event {about} is not this customer's");
    }

    private static Ending OfTrigger(Chain chain, EventTrigger trigger)
    {
        var newest = chain.Facts.Events.Concat(chain.Facts.Strangers).Where(one => trigger.Hears(one.Event, chain.Key)).MaxBy(one => one.Event.ReceivedAt);
        if (newest is not null)
            return Of(newest);
        var among = chain.Facts.Events.Count >= ExplainFacts.Most ? $" among the newest {ExplainFacts.Most} events" : "";
        if (trigger.GetType() != typeof(EventTrigger))
            return new Ending(ChainOutcome.NeverTriggered, $"what begins it ({TriggerWords.Of(trigger)}) has not happened{among}");
        var types = chain.Facts.Events.Where(one => one.Event.Source != EventTypes.OwnSource).Select(one => one.Event.Type).Distinct().ToList();
        var instead = types.Count == 0 ? "no event at all came" : $"what came: {string.Join(", ", types.Take(5))}";
        return new Ending(ChainOutcome.NeverTriggered, $"no {trigger.On} came{among}, which begins it; {instead}{Near(trigger.On, types)}");
    }

    // Runs leave nothing behind for those whom they pass by: what the condition says now is told as of now.
    private static Ending OfSchedule(Chain chain, Journey journey, ScheduleTrigger trigger)
    {
        var ran = chain.Schedule is { } mark ? $"runs of its schedule up to {Words.Moment(mark.Seen)} are done with" : "its schedule was not looked at yet";
        var segment = trigger.Segment is { } name ? $"; whether they were in the segment {name} is the CRM's to say and is not kept" : "";
        if (trigger.When is { } when)
        {
            var model = TemplateModels.ForJourney(chain.Customer, new EnrolmentContext(), journey.Key, journey.Touchpoint);
            if (!when.Holds(model, out var error))
                return new Ending(ChainOutcome.ConditionFalse, $"{ran}; as things stand now, {ConditionReason.NotTrue(when, model, error)}{segment}");
        }

        var dates = JourneyTelling.Dates(journey) is { Length: > 0 } days ? $"; it may be begun{days}" : "";
        return new Ending(ChainOutcome.NeverTriggered, $"{ran}, and none took them{dates}{segment}");
    }

    private static string Near(string word, IReadOnlyList<string> candidates) =>
        Nearest.Of(word, candidates) is { } near && near != word ? $"; did you mean {near}?" : "";

    private static ChainOutcome Named(EventOutcome outcome) => outcome switch
    {
        EventOutcome.ConditionFalse => ChainOutcome.ConditionFalse,
        EventOutcome.ReentryRefused => ChainOutcome.ReentryRefused,
        EventOutcome.UnknownCustomer => ChainOutcome.UnknownCustomer,
        EventOutcome.TooOld => ChainOutcome.TooOld,
        EventOutcome.NoJourney => ChainOutcome.NotListening,
        // It began a walk, which is beyond the limit of what is read.
        _ => ChainOutcome.Completed,
    };
}
