using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>Decides what an event does to an enrolment that is under way: goal, exit, wake-up, in this order.</summary>
public sealed class ActiveRule(ILogger<ActiveRule> log)
{
    /// <summary>The enrolment as the event leaves it, or null where it leaves it alone, with a decision for each thing it did.</summary>
    public (Enrolment? Moved, IReadOnlyList<EventDecision> Decisions) Decide(
        CustomerEvent fact, Customer customer, Enrolment enrolment, Journey journey, DateTimeOffset now)
    {
        // The event that began it, seen again: a commit that was refused in part is decided anew.
        if (enrolment.EventId == fact.Id)
            return (null, []);

        var model = new Lazy<Dictionary<string, object?>>(() => EventModel.Of(fact, customer, enrolment.Context, journey));
        var decisions = new List<EventDecision>();
        var moved = enrolment;
        // Before the exit rules: a purchase that is the goal and ends the walk is a conversion.
        if (enrolment.GoalAt is null && journey.Goal is { } goal && Matches(goal))
        {
            moved = moved with { GoalAt = now, Context = moved.Context.With(Told(moved, fact, "reached its goal", now)) };
            decisions.Add(Decision(EventOutcome.GoalReached, $"{fact.Type} is its goal"));
        }

        if (journey.Exits.Any(Matches))
        {
            decisions.Add(Decision(EventOutcome.Exited, $"{fact.Type} ends it by an exit rule"));
            return (Exited(moved, fact, now), decisions);
        }

        if (Wakes(enrolment, fact) && journey.IndexOf(enrolment.StepId) is >= 0 and var index
            && journey.Steps[index] is WaitForStep wait && Holds(wait.When))
        {
            moved = Woken(moved, journey, wait, fact, now);
            decisions.Add(Decision(EventOutcome.Woke, $"{fact.Type} ends the wait at step {wait.Id}"));
        }

        return (decisions.Count > 0 ? moved : null, decisions);

        bool Matches(EventRule rule) => rule.On == fact.Type && Holds(rule.When);

        bool Holds(Condition? when)
        {
            if (when is null)
                return true;
            var holds = when.Holds(model.Value, out var error);
            if (error is not null)
                log.LogWarning("Journey {Journey}: a condition on {Type} could not be evaluated and is taken as false: {Error}", journey.Key, fact.Type, error);
            return holds;
        }

        EventDecision Decision(EventOutcome outcome, string reason) =>
            new(fact.Id, now, customer.Id, journey.Key, outcome, reason, enrolment.Id);
    }

    /// <summary>An enrolment whose wait an event has ended: it stands before the next step, or has walked to the end.</summary>
    public static Enrolment Woken(Enrolment enrolment, Journey journey, WaitForStep wait, CustomerEvent fact, DateTimeOffset now)
    {
        var context = enrolment.Context.With(new Trace(wait.Id, now, $"woken by {fact.Type} ({fact.Source}/{fact.SourceId})")) with { Heard = fact.Id };
        if (fact.Type == EventTypes.SurveyAnswered)
            context = context with { Answer = fact.Data };
        var free = enrolment with { Context = context, WaitsFor = null, WaitsOn = null, Entered = false, Reason = $"woken by {fact.Type}" };
        return wait.Next == Step.End
            ? free with { State = EnrolmentState.Completed, DueAt = null, EndedAt = now, Reason = "walked to the end" }
            : free with { StepId = journey.Steps[wait.Next].Id, DueAt = now };
    }

    private static bool Wakes(Enrolment enrolment, CustomerEvent fact) =>
        enrolment.Entered && enrolment.WaitsFor == fact.Type
        && (enrolment.WaitsOn is null || enrolment.WaitsOn == fact.DeliveryId)
        && enrolment.Context.Heard != fact.Id;

    private static Enrolment Exited(Enrolment enrolment, CustomerEvent fact, DateTimeOffset now) => enrolment with
    {
        State = EnrolmentState.Exited,
        DueAt = null,
        WaitsFor = null,
        WaitsOn = null,
        EndedAt = now,
        Context = enrolment.Context.With(Told(enrolment, fact, "left by an exit rule", now)),
        Reason = $"ended by {fact.Type}",
    };

    private static Trace Told(Enrolment enrolment, CustomerEvent fact, string what, DateTimeOffset now) =>
        new(enrolment.StepId, now, $"{what}: {fact.Type} ({fact.Source}/{fact.SourceId})");
}
