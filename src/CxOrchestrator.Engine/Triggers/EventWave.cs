using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Experiments;
using CxOrchestrator.Engine.Inbound;
using CxOrchestrator.Engine.Moments;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>
/// Decides a wave of events, at most one a customer, and commits all that they do at once. A later event of the same customer comes in a later wave, so
/// that it meets what the earlier one has done.
/// </summary>
internal sealed class EventWave(
    IPublishedContent content, ICustomerStore customers, IEnrolmentStore enrolments, IWork work, JourneyStates states,
    ActiveRule active, TriggerRule triggers, FactStores factStores, SplitWatch splits, SilenceWatch silences, Clocks clocks, Nudges nudges, ILogger<EventWave> log)
{
    // Each try meets a newer state; an enrolment that changes under five tries in a row is left to the next claim.
    private const int Tries = 5;

    /// <summary>Commits what the events do. Gives those that could not be decided because their enrolments kept changing.</summary>
    public async Task<IReadOnlyList<CustomerEvent>> ProcessAsync(IReadOnlyList<CustomerEvent> wave, CancellationToken cancellation)
    {
        var open = wave;
        for (var round = 0; round < Tries && open.Count > 0; round++)
            open = await DecideAsync(open, cancellation);
        if (open.Count > 0)
            log.LogInformation("{Count} events meet enrolments that keep changing; they are decided with the next batch.", open.Count);
        return open;
    }

    private async Task<IReadOnlyList<CustomerEvent>> DecideAsync(IReadOnlyList<CustomerEvent> facts, CancellationToken cancellation)
    {
        var ids = facts.Select(fact => fact.CustomerId).OfType<Guid>().Distinct().ToList();
        var known = ids.Count == 0 ? new Dictionary<Guid, Customer>() : await customers.GetAsync(ids, cancellation);
        IReadOnlyList<Enrolment> underWay = ids.Count == 0 ? [] : await enrolments.ActiveAsync(ids, cancellation);
        var journeys = await JourneyVersions.LoadAsync(content, underWay, cancellation);
        var material = await FactMaterial.LoadAsync(factStores, facts, cancellation);
        var watched = await splits.LoadAsync(facts, underWay, cancellation);
        var byCustomer = underWay.ToLookup(enrolment => enrolment.CustomerId);

        var effects = new EffectCollector();
        var movesOf = new Dictionary<Guid, List<Guid>>();
        var now = clocks.Now;
        foreach (var fact in facts)
        {
            var customer = fact.CustomerId is { } id ? known.GetValueOrDefault(id) : null;
            var own = Decide(fact, customer, customer is null ? [] : [.. byCustomer[customer.Id]], journeys, material, watched, now);
            movesOf[fact.Id] = [.. own.Moves.Select(move => move.Id)];
            effects.Add(own);
        }

        var report = await work.CommitAsync(effects.ToEffects(), cancellation);
        nudges.NudgeFor(effects);
        if (effects.Enrolments.Count + effects.Moves.Count + effects.Settlements.Count > 0)
            nudges.Nudge(Work.Enrolments);
        return [.. facts.Where(fact => movesOf.TryGetValue(fact.Id, out var moves) && moves.Exists(report.RefusedMoves.Contains))];
    }

    private EffectCollector Decide(
        CustomerEvent fact, Customer? customer, IReadOnlyList<Enrolment> underWay, JourneyVersions journeys, FactMaterial material, SplitWatched watched,
        DateTimeOffset now)
    {
        var effects = new EffectCollector();
        try
        {
            if (customer is not null)
                MoveActive(fact, customer, underWay, journeys, effects, now);
            var words = FactRules.Decide(fact, customer, material, effects, now);
            watched.Decide(fact, customer, material.Deliveries, effects);
            EndWaits(fact, underWay, material, effects, now);
            silences.Decide(fact, customer, effects);
            Begin(fact, customer, words, effects, now);
        }
        catch (Exception error)
        {
            // A bug met by one event must not hold up all that come after it: it is done with, and says why.
            log.LogError(error, "Event {Event} of type {Type} could not be decided on.", fact.Id, fact.Type);
            effects = new EffectCollector();
            effects.Decisions.AddRange(Undecided(fact, error, now));
        }

        effects.ProcessedEvents.Add(fact.Id);
        return effects;
    }

    private IEnumerable<EventDecision> Undecided(CustomerEvent fact, Exception error, DateTimeOffset now)
    {
        var reason = $"could not be decided on: {error.Message}";
        var listening = content.Journeys.Values.Where(journey => journey.Trigger is EventTrigger trigger && trigger.Hears(fact, journey.Key)).ToList();
        return listening.Count == 0
            ? [new EventDecision(fact.Id, now, fact.CustomerId, "", EventOutcome.NoJourney, reason, null)]
            : listening.Select(journey => new EventDecision(fact.Id, now, fact.CustomerId, journey.Key, EventOutcome.ConditionFalse, reason, null));
    }

    private void MoveActive(
        CustomerEvent fact, Customer customer, IEnumerable<Enrolment> underWay, JourneyVersions journeys, EffectCollector effects, DateTimeOffset now)
    {
        foreach (var enrolment in underWay)
        {
            if (journeys.Of(enrolment) is not { } journey)
                continue;
            var (moved, decisions) = active.Decide(fact, customer, enrolment, journey, now);
            if (moved is null)
                continue;
            effects.Moves.Add(moved);
            effects.Decisions.AddRange(decisions);
        }
    }

    // Whoever waits for what a message would bring goes on where it will not arrive; one that the event itself has moved goes its way.
    private static void EndWaits(
        CustomerEvent fact, IReadOnlyList<Enrolment> underWay, FactMaterial material, EffectCollector effects, DateTimeOffset now)
    {
        if (fact.DeliveryId is not { } id || effects.Engagements.TrueForAll(change => change.Engagement != Engagement.Failed))
            return;
        var moved = effects.Moves.Select(move => move.Id).ToHashSet();
        foreach (var enrolment in underWay.Where(enrolment => !moved.Contains(enrolment.Id)))
            effects.Moves.AddRange(Outcomes.Waiting(material.Deliveries[id], enrolment, now));
    }

    private void Begin(CustomerEvent fact, Customer? customer, string? words, EffectCollector effects, DateTimeOffset now)
    {
        var listening = false;
        foreach (var journey in content.Journeys.Values)
        {
            if (journey.Trigger is not EventTrigger trigger || !trigger.Hears(fact, journey.Key))
                continue;
            listening = true;
            if (states.Closed(journey.Key) is { } closed)
            {
                effects.Decisions.Add(new EventDecision(fact.Id, now, customer?.Id, journey.Key, EventOutcome.NoJourney, closed.Words, null));
                continue;
            }

            var (decision, enrol) = triggers.Decide(fact, customer, journey, trigger, now);
            effects.Decisions.Add(decision);
            if (enrol is not null)
                effects.Enrolments.Add(enrol);
        }

        if (!listening)
            effects.Decisions.Add(new EventDecision(fact.Id, now, customer?.Id, "", EventOutcome.NoJourney, words ?? $"no journey begins with {fact.Type}", null));
    }
}
