using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Engine;

/// <summary>Gathers what a piece of work leaves behind.</summary>
internal sealed class EffectCollector
{
    public List<Enrol> Enrolments { get; } = [];

    public List<Enrolment> Moves { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    public List<Invitation> Invitations { get; } = [];

    public List<Case> Cases { get; } = [];

    public List<WriteBack> WriteBacks { get; } = [];

    public List<CustomerEvent> Events { get; } = [];

    public List<EventDecision> Decisions { get; } = [];

    public List<Guid> ProcessedEvents { get; } = [];

    public List<AttributeChange> Attributes { get; } = [];

    public List<Suppression> Suppressions { get; } = [];

    public List<Release> Releases { get; } = [];

    public List<DeliveryOutcome> Settlements { get; } = [];

    public List<EngagementChange> Engagements { get; } = [];

    public List<Errand> Errands { get; } = [];

    public List<ConsentRecord> Consents { get; } = [];

    public List<SplitPerson> SplitPeople { get; } = [];

    public List<SplitOutcome> SplitOutcomes { get; } = [];

    public List<Moment> Silences { get; } = [];

    public void Add(EffectCollector other)
    {
        Enrolments.AddRange(other.Enrolments);
        Moves.AddRange(other.Moves);
        Deliveries.AddRange(other.Deliveries);
        Invitations.AddRange(other.Invitations);
        Cases.AddRange(other.Cases);
        WriteBacks.AddRange(other.WriteBacks);
        Events.AddRange(other.Events);
        Decisions.AddRange(other.Decisions);
        ProcessedEvents.AddRange(other.ProcessedEvents);
        Attributes.AddRange(other.Attributes);
        Suppressions.AddRange(other.Suppressions);
        Releases.AddRange(other.Releases);
        Settlements.AddRange(other.Settlements);
        Engagements.AddRange(other.Engagements);
        Errands.AddRange(other.Errands);
        Consents.AddRange(other.Consents);
        SplitPeople.AddRange(other.SplitPeople);
        SplitOutcomes.AddRange(other.SplitOutcomes);
        Silences.AddRange(other.Silences);
    }

    /// <summary>Empties it, to be used again.</summary>
    public void Clear()
    {
        Enrolments.Clear();
        Moves.Clear();
        Deliveries.Clear();
        Invitations.Clear();
        Cases.Clear();
        WriteBacks.Clear();
        Events.Clear();
        Decisions.Clear();
        ProcessedEvents.Clear();
        Attributes.Clear();
        Suppressions.Clear();
        Releases.Clear();
        Settlements.Clear();
        Engagements.Clear();
        Errands.Clear();
        Consents.Clear();
        SplitPeople.Clear();
        SplitOutcomes.Clear();
        Silences.Clear();
    }

    /// <summary>Adds the consents, events and write-backs of effects that have nothing else.</summary>
    public void Add(Effects consent)
    {
        Consents.AddRange(consent.Consents);
        Events.AddRange(consent.Events);
        WriteBacks.AddRange(consent.WriteBacks);
    }

    public Effects ToEffects() => new()
    {
        Enrolments = Enrolments,
        Moves = Moves,
        Deliveries = Deliveries,
        Invitations = Invitations,
        Cases = Cases,
        WriteBacks = WriteBacks,
        Events = Events,
        Decisions = Decisions,
        ProcessedEvents = ProcessedEvents,
        Attributes = Attributes,
        Suppressions = Suppressions,
        Releases = Releases,
        Settlements = Settlements,
        Engagements = Engagements,
        Errands = Errands,
        Consents = Consents,
        SplitPeople = SplitPeople,
        SplitOutcomes = SplitOutcomes,
        Silences = Silences,
    };
}
