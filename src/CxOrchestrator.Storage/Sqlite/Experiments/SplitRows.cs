using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>split_people</c> and <c>split_tallies</c>, which change together.</summary>
internal static class SplitRows
{
    private const string Insert = $"""
        insert into split_people ({StoredSplit.PersonColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string Find = $"select {StoredSplit.PersonColumns} from split_people where customer_id = ? and journey = ? and split = ?";

    private const string Change = """
        update split_people set goal_at = ?, engaged_at = ?, answered_at = ?, score = ?, promoter = ? where customer_id = ? and journey = ? and split = ?
        """;

    private const string Tally = $"""
        insert into split_tallies (journey, split, version, variant, {StoredSplit.SumColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (journey, split, version, variant) do update set
          people = people + excluded.people, goals = goals + excluded.goals, engaged = engaged + excluded.engaged, answers = answers + excluded.answers,
          promoters = promoters + excluded.promoters, scores = scores + excluded.scores, score_sum = score_sum + excluded.score_sum,
          score_squares = score_squares + excluded.score_squares
        """;

    /// <summary>Adds people, and to people what they did.</summary>
    public static void Store(SqliteSession session, IEnumerable<SplitPerson> people, IEnumerable<SplitOutcome> outcomes)
    {
        var changes = new List<(SplitPerson? Before, SplitPerson After)>();
        foreach (var person in people)
        {
            if (Added(session, person))
                changes.Add((null, person));
        }

        foreach (var outcome in outcomes)
        {
            if (session.Use(Find).Add(outcome.CustomerId).Add(outcome.Journey).Add(outcome.Split).First(StoredSplit.Read) is not { } known)
                continue;
            var changed = known.After(outcome);
            if (changed == known)
                continue;
            Put(session, changed);
            changes.Add((known, changed));
        }

        foreach (var tally in SplitTally.Changes(changes))
            Add(session, tally);
    }

    private static bool Added(SqliteSession session, SplitPerson person) =>
        session.Use(Insert)
            .Add(person.CustomerId).Add(person.Journey).Add(person.Split).Add(person.Variant).Add(person.Version).Add(person.Bucket)
            .Add(person.EnrolmentId).Add(person.AssignedAt).Add(person.WatchedUntil).Add(person.GoalAt).Add(person.EngagedAt)
            .Add(person.AnsweredAt).Add(person.Score).Add(person.Promoter)
            .Execute() == 1;

    private static void Put(SqliteSession session, SplitPerson person) =>
        session.Use(Change)
            .Add(person.GoalAt).Add(person.EngagedAt).Add(person.AnsweredAt).Add(person.Score).Add(person.Promoter)
            .Add(person.CustomerId).Add(person.Journey).Add(person.Split)
            .Execute();

    private static void Add(SqliteSession session, SplitTally tally) =>
        session.Use(Tally)
            .Add(tally.Journey).Add(tally.Split).Add(tally.Version).Add(tally.Variant)
            .Add(tally.Sums.People).Add(tally.Sums.Goals).Add(tally.Sums.Engaged).Add(tally.Sums.Answers).Add(tally.Sums.Promoters)
            .Add(tally.Sums.Scores).Add(tally.Sums.ScoreSum).Add(tally.Sums.ScoreSquares)
            .Execute();
}
