using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>Decides whether an event begins a journey for its customer.</summary>
public sealed class TriggerRule(CoreSettings settings, CustomerTime time, EntryRule entry)
{
    /// <summary>The decision, and the enrolment to begin, if any; the store has the last word on re-entry.</summary>
    public (EventDecision Decision, Enrol? Enrol) Decide(
        CustomerEvent fact, Customer? customer, Journey journey, EventTrigger trigger, DateTimeOffset now)
    {
        if (customer is null)
            return No(EventOutcome.UnknownCustomer, $"nobody is known by {fact.Subject} of {fact.Source}");
        if ((trigger.Within ?? settings.TriggerWithin) is { } within && time.Add(within, fact.Time, customer) < now)
            return No(EventOutcome.TooOld, $"it happened at {fact.Time:u} and begins a journey within {within} only");

        if (journey.ClosedAt(now, settings.Business.Zone) is { } closed)
            return No(EventOutcome.ConditionFalse, closed);
        var context = new EnrolmentContext { Event = EventModel.Carried(fact), Answer = fact.Type == EventTypes.SurveyAnswered ? fact.Data : null };
        var model = EventModel.Of(fact, customer, context, journey);
        if (trigger.When is { } when && !when.Holds(model, out var error))
            return No(EventOutcome.ConditionFalse, ConditionReason.NotTrue(when, model, error));
        var slot = entry.SlotOf(journey.Reentry, $"event/{fact.Id:N}", customer, model, now);
        if (slot.Fault is { } fault)
            return No(EventOutcome.ConditionFalse, fault);

        var enrolment = Beginnings.Of(journey, customer, slot, context, now) with { EventId = fact.Id };
        var decision = new EventDecision(
            fact.Id, now, customer.Id, journey.Key, EventOutcome.Enrolled, Begun(fact, journey, trigger, model), enrolment.Id);
        return (decision, new Enrol(enrolment, slot.FreeAgain));

        static string Begun(CustomerEvent fact, Journey journey, EventTrigger trigger, IReadOnlyDictionary<string, object?> model) =>
            $"{(trigger.GetType() == typeof(EventTrigger) ? fact.Type : TriggerWords.Of(trigger))} begins version {journey.Version}" + (trigger.When is { } held ? $", because {ConditionReason.True(held, model)}" : "");

        (EventDecision, Enrol?) No(EventOutcome outcome, string reason) =>
            (new EventDecision(fact.Id, now, customer?.Id, journey.Key, outcome, reason, null), null);
    }
}
