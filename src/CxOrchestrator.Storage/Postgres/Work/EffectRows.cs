using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Stores effects in the transaction of a session, each kind of row in one statement: causes first, then what is left out with those that are refused.
/// </summary>
internal static class EffectRows
{
    public static async Task<CommitReport> StoreAsync(PgSession session, Effects effects)
    {
        if (effects.Moves.GroupBy(move => move.Id).FirstOrDefault(moves => moves.Count() > 1) is { } twice)
            throw new ArgumentException($"Enrolment {twice.Key} is moved {twice.Count()} times in one commit; a commit moves each once.", nameof(effects));
        var refusedEnrolments = await EnrolmentRows.BeginAsync(session, effects.Enrolments);
        var refusedMoves = await EnrolmentRows.MoveAsync(session, effects.Moves);
        await StoreRowsAsync(session, effects, new LeftOut(effects, [.. refusedEnrolments, .. refusedMoves]));
        await StoreWhatServicesToldAsync(session, effects);
        var undecided = await StoreDecisionsAsync(session, effects, refusedEnrolments, refusedMoves);
        await EventRows.FreeAsync(session, [.. effects.ProcessedEvents.Where(undecided.Contains)]);
        await EventRows.ProcessedAsync(session, [.. effects.ProcessedEvents.Where(id => !undecided.Contains(id))]);
        return new CommitReport(refusedEnrolments, refusedMoves);
    }

    /// <summary>
    /// Stores what belongs to several outcomes. What begins or moves no enrolment can't be refused, and is stored at once; the rest is stored one by
    /// one, for a refusal leaves out what belongs to the same outcome alone.
    /// </summary>
    public static async Task StoreAllAsync(PgSession session, IEnumerable<Effects> outcomes)
    {
        var all = outcomes.Where(one => !ReferenceEquals(one, Effects.None)).ToList();
        var plain = all.Where(one => one.Enrolments.Count == 0 && one.Moves.Count == 0).ToList();
        if (plain.Count > 0)
            await StoreAsync(session, Joined(plain));
        foreach (var one in all.Where(one => one.Enrolments.Count > 0 || one.Moves.Count > 0))
            await StoreAsync(session, one);
    }

    private static async Task StoreRowsAsync(PgSession session, Effects effects, LeftOut leftOut)
    {
        await DeliveryRows.AddAsync(session, [.. effects.Deliveries.Where(one => !leftOut.Enrolment(one.EnrolmentId))], effects.Claim);
        await SurveyRows.AddAsync(session, [.. effects.Invitations.Where(one => !leftOut.Invitation(one.Id))]);
        await CaseRows.AddAsync(session, [.. effects.Cases.Where(one => !leftOut.Case(one))]);
        await WriteBackRows.AddAsync(session, [.. effects.WriteBacks.Where(one => !leftOut.Enrolment(one.EnrolmentId))]);
        await EventRows.AddAsync(session, [.. effects.Events.Where(one => !leftOut.Event(one))]);
        await AttributeRows.MergeAsync(session, [.. effects.Attributes.Where(one => !leftOut.Enrolment(one.EnrolmentId))]);
        await ConsentRows.SuppressAsync(session, effects.Suppressions);
        await ConsentRows.ReleaseAsync(session, effects.Releases);
        await ConsentRows.RecordAsync(session, effects.Consents);
        await SplitRows.StoreAsync(session, [.. effects.SplitPeople.Where(one => !leftOut.Enrolment(one.EnrolmentId))], effects.SplitOutcomes);
        await MomentRows.ArmAsync(session, effects.Silences);
    }

    private static async Task StoreWhatServicesToldAsync(PgSession session, Effects effects)
    {
        foreach (var round in Rounds.Of(effects.Settlements, one => one.Id))
        {
            // A row that has ended was told, or answered, before.
            var taken = await DeliveryRows.ToldAsync(session, round);
            await StoreAllAsync(session, round.Where(one => taken.Contains(one.Id)).Select(one => one.Effects));
        }

        await DeliveryRows.EngageAsync(session, effects.Engagements);
        await ErrandRows.AskAsync(session, effects.Errands);
        await AttentionRows.FreeAsync(session, effects.Freed);
    }

    // Gives the events whose move was refused: they are to be decided anew.
    private static async Task<HashSet<Guid>> StoreDecisionsAsync(
        PgSession session, Effects effects, HashSet<Guid> refusedEnrolments, HashSet<Guid> refusedMoves)
    {
        var undecided = new HashSet<Guid>();
        var decided = new List<EventDecision>();
        foreach (var decision in effects.Decisions)
        {
            var enrolment = decision.EnrolmentId;
            if (decision.Outcome == EventOutcome.Enrolled && enrolment is { } id && refusedEnrolments.Contains(id))
                decided.Add(await RefusedAsync(session, effects, decision));
            else if (decision.Outcome > EventOutcome.NoJourney && enrolment is { } moved && refusedMoves.Contains(moved))
                undecided.Add(decision.EventId);
            else
                decided.Add(decision);
        }

        await EventRows.DecideAsync(session, decided);
        return undecided;
    }

    private static async Task<EventDecision> RefusedAsync(PgSession session, Effects effects, EventDecision decision)
    {
        var enrolment = effects.Enrolments.First(enrol => enrol.Enrolment.Id == decision.EnrolmentId).Enrolment;
        return decision with
        {
            Outcome = EventOutcome.ReentryRefused, EnrolmentId = null, Reason = await EnrolmentRows.WhyRefusedAsync(session, enrolment),
        };
    }

    private static Effects Joined(List<Effects> all) => all.Count == 1 ? all[0] : new Effects
    {
        Deliveries = [.. all.SelectMany(one => one.Deliveries)],
        Invitations = [.. all.SelectMany(one => one.Invitations)],
        Cases = [.. all.SelectMany(one => one.Cases)],
        WriteBacks = [.. all.SelectMany(one => one.WriteBacks)],
        Events = [.. all.SelectMany(one => one.Events)],
        Decisions = [.. all.SelectMany(one => one.Decisions)],
        ProcessedEvents = [.. all.SelectMany(one => one.ProcessedEvents)],
        Attributes = [.. all.SelectMany(one => one.Attributes)],
        Suppressions = [.. all.SelectMany(one => one.Suppressions)],
        Releases = [.. all.SelectMany(one => one.Releases)],
        Settlements = [.. all.SelectMany(one => one.Settlements)],
        Engagements = [.. all.SelectMany(one => one.Engagements)],
        Errands = [.. all.SelectMany(one => one.Errands)],
        Consents = [.. all.SelectMany(one => one.Consents)],
        SplitPeople = [.. all.SelectMany(one => one.SplitPeople)],
        SplitOutcomes = [.. all.SelectMany(one => one.SplitOutcomes)],
        Silences = [.. all.SelectMany(one => one.Silences)],
        Freed = [.. all.SelectMany(one => one.Freed)],
    };
}
