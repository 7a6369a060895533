using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Experiments;

/// <summary>The tallies of one split, with the weights by which its people were divided: those of each version.</summary>
/// <param name="tallies">The tallies of the split.</param>
/// <param name="splits">The split in the versions that the tallies name; a version that isn't there is left out of comparisons.</param>
public sealed class SplitCounts(IReadOnlyList<SplitTally> tallies, IReadOnlyDictionary<int, SplitStep> splits)
{
    /// <summary>Nothing counted.</summary>
    public static SplitCounts None { get; } = new([], new Dictionary<int, SplitStep>());

    /// <summary>What the people of a variant came to, over all versions.</summary>
    public SplitSums Of(string variant) =>
        tallies.Where(tally => tally.Variant == variant).Aggregate(default(SplitSums), (sum, tally) => sum + tally.Sums);

    /// <summary>Variants that have people, in the order of their names.</summary>
    public IReadOnlyList<string> Variants => [.. tallies.Select(tally => tally.Variant).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Two variants beside each other, version by version, so that a change of weights is no difference between them.</summary>
    public IReadOnlyList<PairCount> Pairs(string a, string b, SplitMetric metric) =>
        [.. tallies.GroupBy(tally => tally.Version).Where(version => splits.ContainsKey(version.Key)).Select(version => new PairCount(
            SplitShares.Of(splits[version.Key]).BucketsOf(a), SplitShares.Of(splits[version.Key]).BucketsOf(b),
            Did(version, a, metric), Did(version, b, metric)))];

    private static long Did(IEnumerable<SplitTally> version, string variant, SplitMetric metric) =>
        version.Where(tally => tally.Variant == variant).Sum(tally => tally.Sums.Did(metric));
}
