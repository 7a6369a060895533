using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Stores effects in the transaction of a session: causes first, then what is left out with those that are refused.</summary>
internal static class EffectRows
{
    private static readonly CommitReport NothingLeftOut = new(new HashSet<Guid>(), new HashSet<Guid>());

    public static CommitReport Store(SqliteSession session, Effects effects)
    {
        // What follows from an answer is a write-back and an event, thousands of times a second: no move, so nothing that could be refused or left out.
        if (IsPlain(effects))
        {
            StorePlain(session, effects);
            return NothingLeftOut;
        }

        if (effects.Moves.GroupBy(move => move.Id).FirstOrDefault(moves => moves.Count() > 1) is { } twice)
            throw new ArgumentException($"Enrolment {twice.Key} is moved {twice.Count()} times in one commit; a commit moves each once.", nameof(effects));
        var refusedEnrolments = effects.Enrolments.Where(enrol => !EnrolmentRows.Begin(session, enrol))
            .Select(enrol => enrol.Enrolment.Id).ToHashSet();
        var refusedMoves = effects.Moves.Where(move => !EnrolmentRows.Moved(session, move))
            .Select(move => move.Id).ToHashSet();
        var leftOut = new LeftOut(effects, [.. refusedEnrolments, .. refusedMoves]);
        StoreRows(session, effects, leftOut);
        var undecided = StoreDecisions(session, effects, refusedEnrolments, refusedMoves);
        foreach (var id in effects.ProcessedEvents)
        {
            if (undecided.Contains(id))
                EventRows.Free(session, id);
            else
                EventRows.Processed(session, id);
        }

        return new CommitReport(refusedEnrolments, refusedMoves);
    }

    private static bool IsPlain(Effects effects) =>
        effects is
        {
            Enrolments.Count: 0, Moves.Count: 0, Deliveries.Count: 0, Invitations.Count: 0, Cases.Count: 0, Decisions.Count: 0, ProcessedEvents.Count: 0,
            Attributes.Count: 0, Suppressions.Count: 0, Releases.Count: 0, Settlements.Count: 0, Engagements.Count: 0, Errands.Count: 0, Consents.Count: 0,
            SplitPeople.Count: 0, SplitOutcomes.Count: 0, Silences.Count: 0, Freed.Count: 0,
        };

    private static void StorePlain(SqliteSession session, Effects effects)
    {
        foreach (var writeBack in effects.WriteBacks)
            WriteBackRows.Add(session, writeBack);
        foreach (var added in effects.Events)
            EventRows.Add(session, added);
    }

    private static void StoreRows(SqliteSession session, Effects effects, LeftOut leftOut)
    {
        foreach (var delivery in effects.Deliveries.Where(one => !leftOut.Enrolment(one.EnrolmentId)))
            DeliveryRows.Add(session, delivery, StoredDelivery.LeaseOf(delivery, effects.Claim));
        foreach (var invitation in effects.Invitations.Where(one => !leftOut.Invitation(one.Id)))
            SurveyRows.Add(session, invitation);
        foreach (var added in effects.Cases.Where(one => !leftOut.Case(one)))
            CaseRows.Add(session, added);
        foreach (var writeBack in effects.WriteBacks.Where(one => !leftOut.Enrolment(one.EnrolmentId)))
            WriteBackRows.Add(session, writeBack);
        foreach (var added in effects.Events.Where(one => !leftOut.Event(one)))
            EventRows.Add(session, added);
        foreach (var change in effects.Attributes.Where(one => !leftOut.Enrolment(one.EnrolmentId)))
            CustomerRows.Merge(session, change);
        foreach (var suppression in effects.Suppressions)
            ConsentRows.Suppress(session, suppression);
        foreach (var release in effects.Releases)
            ConsentRows.Release(session, release);
        foreach (var consent in effects.Consents)
            ConsentRows.Record(session, consent);
        if (effects.SplitPeople.Count > 0 || effects.SplitOutcomes.Count > 0)
            SplitRows.Store(session, effects.SplitPeople.Where(one => !leftOut.Enrolment(one.EnrolmentId)), effects.SplitOutcomes);
        foreach (var silence in effects.Silences)
            MomentRows.Arm(session, silence);
        StoreWhatServicesTold(session, effects);
        foreach (var freed in effects.Freed)
            SqliteAttentionStore.Free(session, freed);
    }

    private static void StoreWhatServicesTold(SqliteSession session, Effects effects)
    {
        foreach (var outcome in effects.Settlements)
        {
            // A row that has ended was told, or answered, before.
            if (DeliveryRows.Told(session, outcome))
                Store(session, outcome.Effects);
        }

        foreach (var engagement in effects.Engagements)
            DeliveryRows.Engage(session, engagement);
        foreach (var errand in effects.Errands)
            ErrandRows.Ask(session, errand);
    }

    // Gives the events whose move was refused: they are to be decided anew.
    private static HashSet<Guid> StoreDecisions(
        SqliteSession session, Effects effects, HashSet<Guid> refusedEnrolments, HashSet<Guid> refusedMoves)
    {
        var undecided = new HashSet<Guid>();
        foreach (var decision in effects.Decisions)
        {
            var enrolment = decision.EnrolmentId;
            if (decision.Outcome == EventOutcome.Enrolled && enrolment is { } id && refusedEnrolments.Contains(id))
                EventRows.Decide(session, Refused(session, effects, decision));
            else if (decision.Outcome > EventOutcome.NoJourney && enrolment is { } moved && refusedMoves.Contains(moved))
                undecided.Add(decision.EventId);
            else
                EventRows.Decide(session, decision);
        }

        return undecided;
    }

    private static EventDecision Refused(SqliteSession session, Effects effects, EventDecision decision)
    {
        var enrolment = effects.Enrolments.First(enrol => enrol.Enrolment.Id == decision.EnrolmentId).Enrolment;
        return decision with
        {
            Outcome = EventOutcome.ReentryRefused, EnrolmentId = null, Reason = EnrolmentRows.WhyRefused(session, enrolment),
        };
    }
}
