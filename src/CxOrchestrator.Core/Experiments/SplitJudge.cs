using System.Globalization;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Experiments;

/// <summary>What a rule says about the variants of a split now.</summary>
/// <param name="Winner">The variant that won, or null.</param>
/// <param name="Reason">On what grounds, or why none has yet, in words.</param>
public sealed record SplitVerdict(string? Winner, string Reason);

/// <summary>
/// Says whether a variant has won. It may be asked as often as one likes: a variant wins where the evidence that it is better than each other one is at least
/// K / (1 - confidence) to 1, K being the number of variants, so that of variants that are equal one is ever called with a probability of at most
/// 1 - confidence (each of the K is called wrongly with at most one K-th of it).
/// </summary>
public static class SplitJudge
{
    /// <summary>The verdict of the split's rule; none wins where it has no rule.</summary>
    public static SplitVerdict Of(SplitStep split, SplitCounts counts)
    {
        if (split.Winner is not { } rule)
            return new SplitVerdict(null, "the split has no winner rule");
        var names = split.Variants.Select(variant => variant.Name).ToList();
        var what = rule.Metric == SplitMetric.Score ? "scores" : "people";
        var small = names.Select(name => (Name: name, Had: Sample(counts.Of(name), rule.Metric))).MinBy(one => one.Had);
        if (small.Had < rule.MinimumSample)
            return new SplitVerdict(null, $"{small.Name} has had {Number(small.Had)} {what}; {Number(rule.MinimumSample)} are needed");

        var needed = names.Count / (1 - rule.Confidence);
        var best = names.Select(name => (Name: name, Log: names.Where(other => other != name).Min(other => Evidence(counts, rule.Metric, name, other))))
            .MaxBy(one => one.Log);
        if (best.Log >= Math.Log(needed))
            return new SplitVerdict(best.Name, $"{best.Name} is better by {Words(rule.Metric)}: the evidence is {Odds(best.Log)} to 1, {Number(needed)} to 1 are needed");
        return new SplitVerdict(null, best.Log <= 0
            ? $"nothing speaks for a difference by {Words(rule.Metric)} yet"
            : $"the evidence for {best.Name} is {Odds(best.Log)} to 1; {Number(needed)} to 1 are needed for a confidence of {rule.Confidence.ToString("0.#%", CultureInfo.InvariantCulture)}");
    }

    /// <summary>A metric as people say it.</summary>
    public static string Words(SplitMetric metric) => metric switch
    {
        SplitMetric.Goal => "reaching the goal",
        SplitMetric.Answered => "answering",
        SplitMetric.Promoters => "giving one of the two best scores",
        SplitMetric.Engaged => "reading, replying or answering",
        _ => "the mean score",
    };

    private static double Evidence(SplitCounts counts, SplitMetric metric, string a, string b) => metric == SplitMetric.Score
        ? ScoreEvidence.LogOf(counts.Of(a), counts.Of(b))
        : ConversionEvidence.LogOf(counts.Pairs(a, b, metric));

    private static long Sample(SplitSums sums, SplitMetric metric) => metric == SplitMetric.Score ? sums.Scores : sums.People;

    private static string Odds(double log) => log > Math.Log(1e6) ? "more than 1,000,000" : Number(Math.Exp(log));

    private static string Number(double number) => number.ToString(number < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
