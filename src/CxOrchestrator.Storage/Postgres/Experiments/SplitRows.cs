using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>split_people</c> and <c>split_tallies</c>, which change together.</summary>
internal static class SplitRows
{
    private static readonly RowSet<SplitPerson> People = new RowSet<SplitPerson>()
        .Key("customer_id", one => one.CustomerId).Text("journey", one => one.Journey).Text("split", one => one.Split)
        .Text("variant", one => one.Variant).Number("version", one => one.Version).Number("bucket", one => one.Bucket)
        .Key("enrolment_id", one => one.EnrolmentId).Time("assigned_at", one => one.AssignedAt).Time("watched_until", one => one.WatchedUntil)
        .Time("goal_at", one => one.GoalAt).Time("engaged_at", one => one.EngagedAt).Time("answered_at", one => one.AnsweredAt)
        .NumberOrNull("score", one => one.Score).Flag("promoter", one => one.Promoter);

    private static readonly string Insert = $"{People.InsertInto("split_people")} returning customer_id, journey, split";

    private static readonly RowSet<SplitOutcome> Keys = new RowSet<SplitOutcome>()
        .Key("customer_id", one => one.CustomerId).Text("journey", one => one.Journey).Text("split", one => one.Split);

    // Locked in one order, so that two who tell of the same people don't wait for each other.
    private static readonly string Find = $"""
        select {StoredSplit.PersonColumns} from split_people where (customer_id, journey, split) in (select {Keys.Names} from {Keys.Table})
        order by customer_id, journey, split for update
        """;

    private static readonly RowSet<SplitPerson> Changed = new RowSet<SplitPerson>()
        .Key("customer_id", one => one.CustomerId).Text("journey", one => one.Journey).Text("split", one => one.Split)
        .Time("goal_at", one => one.GoalAt).Time("engaged_at", one => one.EngagedAt).Time("answered_at", one => one.AnsweredAt)
        .NumberOrNull("score", one => one.Score).Flag("promoter", one => one.Promoter);

    private static readonly string Change = $"""
        update split_people p set goal_at = v.goal_at, engaged_at = v.engaged_at, answered_at = v.answered_at, score = v.score, promoter = v.promoter
        from {Changed.Table} where p.customer_id = v.customer_id and p.journey = v.journey and p.split = v.split
        """;

    private static readonly RowSet<SplitTally> Tallies = new RowSet<SplitTally>()
        .Text("journey", one => one.Journey).Text("split", one => one.Split).Number("version", one => one.Version).Text("variant", one => one.Variant)
        .Number("people", one => (int)one.Sums.People).Number("goals", one => (int)one.Sums.Goals).Number("engaged", one => (int)one.Sums.Engaged)
        .Number("answers", one => (int)one.Sums.Answers).Number("promoters", one => (int)one.Sums.Promoters).Number("scores", one => (int)one.Sums.Scores)
        .Number("score_sum", one => (int)one.Sums.ScoreSum).Number("score_squares", one => (int)one.Sums.ScoreSquares);

    // A connection has one transaction at a time: parts by connection are waited for only where two have the same.
    private static readonly string Tally = $"""
        insert into split_tallies as t ({Tallies.Names}, part)
        select {Tallies.Names}, pg_backend_pid() % 16 from {Tallies.Table} order by journey, split, version, variant
        on conflict (journey, split, version, variant, part) do update set
          people = t.people + excluded.people, goals = t.goals + excluded.goals, engaged = t.engaged + excluded.engaged,
          answers = t.answers + excluded.answers, promoters = t.promoters + excluded.promoters, scores = t.scores + excluded.scores,
          score_sum = t.score_sum + excluded.score_sum, score_squares = t.score_squares + excluded.score_squares
        """;

    /// <summary>Adds people, and to people what they did.</summary>
    public static async Task StoreAsync(PgSession session, IReadOnlyList<SplitPerson> people, IReadOnlyList<SplitOutcome> outcomes)
    {
        var changes = new List<(SplitPerson? Before, SplitPerson After)>();
        if (people.Count > 0)
            changes.AddRange((await AddAsync(session, people)).Select(added => ((SplitPerson?)null, added)));
        if (outcomes.Count > 0)
            changes.AddRange((await TakeAsync(session, outcomes)).Select(one => ((SplitPerson?)one.Before, one.After)));
        if (SplitTally.Changes(changes) is { Count: > 0 } tallies)
            await session.Use(Tally).Add(Tallies, tallies).ExecuteAsync();
    }

    private static async Task<IEnumerable<SplitPerson>> AddAsync(PgSession session, IReadOnlyList<SplitPerson> people)
    {
        var ordered = people.DistinctBy(KeyOf).OrderBy(one => one.CustomerId).ThenBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.Split, StringComparer.Ordinal).ToList();
        var added = (await session.Use(Insert).Add(People, ordered).AllAsync(row => (row.Guid(0), row.Text(1), row.Text(2)))).ToHashSet();
        return ordered.Where(one => added.Contains(KeyOf(one)));
    }

    private static async Task<IReadOnlyList<(SplitPerson Before, SplitPerson After)>> TakeAsync(PgSession session, IReadOnlyList<SplitOutcome> outcomes)
    {
        var told = outcomes.ToLookup(one => (one.CustomerId, one.Journey, one.Split));
        var known = await session.Use(Find).Add(Keys, [.. told.Select(group => group.First())]).AllAsync(StoredSplit.Read);
        var changed = known.Select(before => (Before: before, After: told[KeyOf(before)].Aggregate(before, (person, outcome) => person.After(outcome))))
            .Where(one => one.Before != one.After).ToList();
        if (changed.Count > 0)
            await session.Use(Change).Add(Changed, [.. changed.Select(one => one.After)]).ExecuteAsync();
        return changed;
    }

    private static (Guid, string, string) KeyOf(SplitPerson person) => (person.CustomerId, person.Journey, person.Split);
}
