using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Experiments;

/// <summary>What the people of a variant came to, of those who were divided by the weights of one version.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Version">The journey's version.</param>
/// <param name="Variant">The variant, or <see cref="SplitStep.HeldOut"/>.</param>
/// <param name="Sums">How many.</param>
public sealed record SplitTally(string Journey, string Split, int Version, string Variant, SplitSums Sums)
{
    /// <summary>What one person adds.</summary>
    public static SplitTally Of(SplitPerson person) => new(person.Journey, person.Split, person.Version, person.Variant, SplitSums.Of(person));

    /// <summary>What changes where persons become others: one tally each that changes, in a fixed order.</summary>
    public static IReadOnlyList<SplitTally> Changes(IEnumerable<(SplitPerson? Before, SplitPerson After)> changes) =>
        [.. changes
            .Select(one => Of(one.After) is var after && one.Before is { } before ? after with { Sums = after.Sums - SplitSums.Of(before) } : Of(one.After))
            .GroupBy(one => (one.Journey, one.Split, one.Version, one.Variant))
            .Select(group => group.First() with { Sums = group.Aggregate(default(SplitSums), (sum, one) => sum + one.Sums) })
            .Where(one => one.Sums != default)
            .OrderBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.Split, StringComparer.Ordinal)
            .ThenBy(one => one.Version).ThenBy(one => one.Variant, StringComparer.Ordinal)];
}

/// <summary>Sums over people.</summary>
/// <param name="People">How many there are.</param>
/// <param name="Goals">Who reached the goal.</param>
/// <param name="Engaged">Who read, replied or answered.</param>
/// <param name="Answers">Who answered.</param>
/// <param name="Promoters">Who gave one of the two best scores.</param>
/// <param name="Scores">Who gave a score.</param>
/// <param name="ScoreSum">The sum of the scores.</param>
/// <param name="ScoreSquares">The sum of their squares.</param>
public readonly record struct SplitSums(
    long People, long Goals, long Engaged, long Answers, long Promoters, long Scores, long ScoreSum, long ScoreSquares)
{
    /// <summary>One person.</summary>
    public static SplitSums Of(SplitPerson person)
    {
        var score = person.Score ?? 0;
        return new SplitSums(
            1, One(person.GoalAt), One(person.EngagedAt), One(person.AnsweredAt), person.Promoter ? 1 : 0, person.Score is null ? 0 : 1, score, score * score);
    }

    /// <summary>The mean score; null where nobody gave one.</summary>
    public double? MeanScore => Scores == 0 ? null : (double)ScoreSum / Scores;

    /// <summary>How many did what a metric counts; of <see cref="SplitMetric.Score"/>, how many gave one.</summary>
    public long Did(SplitMetric metric) => metric switch
    {
        SplitMetric.Goal => Goals,
        SplitMetric.Answered => Answers,
        SplitMetric.Promoters => Promoters,
        SplitMetric.Engaged => Engaged,
        _ => Scores,
    };

    /// <summary>Both together.</summary>
    public static SplitSums operator +(SplitSums a, SplitSums b) => new(
        a.People + b.People, a.Goals + b.Goals, a.Engaged + b.Engaged, a.Answers + b.Answers, a.Promoters + b.Promoters, a.Scores + b.Scores,
        a.ScoreSum + b.ScoreSum, a.ScoreSquares + b.ScoreSquares);

    /// <summary>One without the other.</summary>
    public static SplitSums operator -(SplitSums a, SplitSums b) => new(
        a.People - b.People, a.Goals - b.Goals, a.Engaged - b.Engaged, a.Answers - b.Answers, a.Promoters - b.Promoters, a.Scores - b.Scores,
        a.ScoreSum - b.ScoreSum, a.ScoreSquares - b.ScoreSquares);

    private static long One(DateTimeOffset? at) => at is null ? 0 : 1;
}
