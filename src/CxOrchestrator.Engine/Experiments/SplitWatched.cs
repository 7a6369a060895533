using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Inbound;
using CxOrchestrator.Engine.Triggers;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Experiments;

/// <summary>Those of a wave of events who are watched by a split, and what an event means for them.</summary>
/// <param name="people">Who.</param>
/// <param name="journeys">Their journeys, by key and version.</param>
/// <param name="walks">Their walks, by key.</param>
/// <param name="highest">The best score of a survey, or null where it isn't known.</param>
internal sealed class SplitWatched(
    IReadOnlyList<SplitPerson> people, IReadOnlyDictionary<(string, int), Journey> journeys, IReadOnlyDictionary<Guid, Enrolment> walks,
    Func<string, int?> highest)
{
    private readonly ILookup<Guid, SplitPerson> _people = people.ToLookup(person => person.CustomerId);

    /// <summary>Nobody.</summary>
    public static SplitWatched None { get; } = new([], new Dictionary<(string, int), Journey>(), new Dictionary<Guid, Enrolment>(), _ => null);

    /// <summary>Adds what the event means for the customer's splits; after the rules on facts, which say how far a message has come.</summary>
    public void Decide(CustomerEvent fact, Customer? customer, IReadOnlyDictionary<Guid, Delivery> deliveries, EffectCollector effects)
    {
        if (customer is null)
            return;
        foreach (var person in _people[customer.Id])
        {
            if (fact.Time < person.AssignedAt || fact.Time > person.WatchedUntil)
                continue;
            if (ReachesGoal(fact, customer, person))
                effects.SplitOutcomes.Add(Outcome(person, SplitOutcomeKind.GoalReached, fact.Time));
            if (IsAnswer(fact, person))
                effects.SplitOutcomes.Add(Answer(person, fact));
            else if (person.EngagedAt is null && IsEngaged(fact, person, deliveries, effects))
                effects.SplitOutcomes.Add(Outcome(person, SplitOutcomeKind.Engaged, fact.Time));
        }
    }

    private bool ReachesGoal(CustomerEvent fact, Customer customer, SplitPerson person)
    {
        if (person.GoalAt is not null || journeys.GetValueOrDefault((person.Journey, person.Version)) is not { Goal: { } goal } journey || goal.On != fact.Type)
            return false;
        var walk = walks.GetValueOrDefault(person.EnrolmentId);
        if (walk?.EventId == fact.Id)
            return false;
        if (goal.When is null)
            return true;
        var context = walk?.Context ?? new EnrolmentContext();
        return goal.When.Holds(EventModel.Of(fact, customer, context, journey), out _);
    }

    private static bool IsAnswer(CustomerEvent fact, SplitPerson person) =>
        fact.Type == EventTypes.SurveyAnswered && fact.Source == EventTypes.OwnSource && fact.Text("journey") == person.Journey;

    private static bool IsEngaged(CustomerEvent fact, SplitPerson person, IReadOnlyDictionary<Guid, Delivery> deliveries, EffectCollector effects) =>
        fact.DeliveryId is { } id && deliveries.GetValueOrDefault(id)?.Journey == person.Journey
        && (fact.Type == ServiceFacts.MessageReplied || effects.Engagements.Exists(change => change.DeliveryId == id && change.Engagement == Engagement.Read));

    private SplitOutcome Answer(SplitPerson person, CustomerEvent fact)
    {
        var score = fact.Data.TryGetProperty("score", out var given) && given.TryGetInt32(out var number) ? number : (int?)null;
        var best = fact.Text("survey") is { } survey ? highest(survey) : null;
        return Outcome(person, SplitOutcomeKind.Answered, fact.Time) with { Score = score, Promoter = score >= best - 1 };
    }

    private static SplitOutcome Outcome(SplitPerson person, SplitOutcomeKind kind, DateTimeOffset at) =>
        new(person.CustomerId, person.Journey, person.Split, kind, at);
}
