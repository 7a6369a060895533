using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Experiments;

/// <summary>How a split goes: for people, as a table and as JSON.</summary>
public sealed record SplitReport
{
    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>What the conversion counts: the winner rule's metric, else the goal.</summary>
    public required SplitMetric Metric { get; init; }

    /// <summary>The confidence of the ranges, each at every look together.</summary>
    public required double Confidence { get; init; }

    /// <summary>The variants in the file's order, who are held out, and variants of earlier versions.</summary>
    public required IReadOnlyList<VariantReport> Variants { get; init; }

    /// <summary>The variant that won, or null.</summary>
    public required string? Winner { get; init; }

    /// <summary>When the winner was called, or null: found but not called yet is called when the next person comes.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>On what grounds, or why none has won yet.</summary>
    public required string Reason { get; init; }

    /// <summary>The report of a split.</summary>
    /// <param name="journey">The version in force.</param>
    /// <param name="split">The split in it.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="called">The winner that was called, or null.</param>
    public static SplitReport Of(Journey journey, SplitStep split, SplitCounts counts, SplitWinner? called)
    {
        // Held-out people get no message and no survey: they can be compared by the goal alone.
        var metric = split.Winner is { Metric: not SplitMetric.Score } rule ? rule.Metric : SplitMetric.Goal;
        var confidence = split.Winner?.Confidence ?? 0.95;
        var verdict = SplitJudge.Of(split, counts);
        var names = split.Variants.Select(variant => variant.Name).Concat(counts.Variants.Where(name => name != SplitStep.HeldOut)).Distinct().ToList();
        if (split.HoldOut > 0 || counts.Variants.Contains(SplitStep.HeldOut))
            names.Add(SplitStep.HeldOut);
        return new SplitReport
        {
            Journey = journey.Key,
            Split = split.Id,
            Metric = metric,
            Confidence = confidence,
            Variants = [.. names.Select(name => VariantReport.Of(name, split, counts, metric, 1 - confidence))],
            Winner = called?.Variant ?? verdict.Winner,
            CalledAt = called?.At,
            Reason = called?.Reason ?? verdict.Reason,
        };
    }
}

/// <summary>How a variant goes. Shares and ends of ranges are from 0 to 1; uplifts are parts of the hold-out's conversion (0.2 for 20 % more).</summary>
/// <param name="Variant">The variant, or <see cref="SplitStep.HeldOut"/>.</param>
/// <param name="Share">Its share of those who come now.</param>
/// <param name="Sums">What its people came to.</param>
/// <param name="Conversion">The share of its people that did what the metric counts; null where there is nobody.</param>
/// <param name="ConversionFrom">The least that it may be.</param>
/// <param name="ConversionTo">The most that it may be.</param>
/// <param name="MeanScore">The mean of their scores, or null.</param>
/// <param name="Uplift">On reaching the goal, against those held out; null where there are none, or none of them reached it.</param>
/// <param name="UpliftFrom">The least that it may be; null where it isn't known yet.</param>
/// <param name="UpliftTo">The most that it may be; null where it isn't known yet.</param>
public sealed record VariantReport(
    string Variant, double Share, SplitSums Sums, double? Conversion, double ConversionFrom, double ConversionTo, double? MeanScore,
    double? Uplift, double? UpliftFrom, double? UpliftTo)
{
    internal static VariantReport Of(string name, SplitStep split, SplitCounts counts, SplitMetric metric, double alpha)
    {
        var sums = counts.Of(name);
        var (from, to) = ConversionInterval.Of(sums.Did(metric), sums.People, alpha);
        var heldOut = counts.Of(SplitStep.HeldOut);
        double? uplift = null, least = null, most = null;
        if (name != SplitStep.HeldOut && heldOut.People > 0 && sums.People > 0)
        {
            if (heldOut.Goals > 0)
                uplift = (double)sums.Goals / sums.People / ((double)heldOut.Goals / heldOut.People) - 1;
            var range = ConversionEvidence.Range(counts.Pairs(name, SplitStep.HeldOut, SplitMetric.Goal), alpha);
            least = range.From > 0 ? range.From - 1 : null;
            most = double.IsFinite(range.To) ? range.To - 1 : null;
        }

        return new VariantReport(
            name, (double)SplitShares.Of(split).BucketsOf(name) / SplitBuckets.Count, sums,
            sums.People == 0 ? null : (double)sums.Did(metric) / sums.People, from, to, sums.MeanScore, uplift, least, most);
    }
}
