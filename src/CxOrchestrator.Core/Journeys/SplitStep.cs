using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Core.Journeys;

/// <summary>
/// Divides the customers among variants, by weights, so that each stays where they are: see <see cref="SplitBuckets"/>. Its id is the split's name.
/// </summary>
public sealed record SplitStep : Step
{
    /// <summary>What the variant of those who are held out is called; no variant of an author's can have this name.</summary>
    public const string HeldOut = "hold-out";

    /// <summary>The variants in the order of the file: one or more, two or more where nobody is held out.</summary>
    public required IReadOnlyList<SplitVariant> Variants { get; init; }

    /// <summary>How many of <see cref="SplitBuckets.Count"/> buckets are held out: their walk ends here. 0 for none.</summary>
    public int HoldOut { get; init; }

    /// <summary>How long after coming here what somebody does is counted.</summary>
    public required Duration Watch { get; init; }

    /// <summary>When a variant is called the winner, or null for never.</summary>
    public WinnerRule? Winner { get; init; }
}

/// <summary>A variant of a split.</summary>
/// <param name="Name">Its name, unique in the split.</param>
/// <param name="Weight">Its weight among the variants, 1 or more.</param>
/// <param name="Target">Index of its first step; of what follows the split where it has none.</param>
public sealed record SplitVariant(string Name, int Weight, int Target);

/// <summary>When a variant is called the winner.</summary>
/// <param name="Metric">By what.</param>
/// <param name="MinimumSample">How many people each variant must have had before any is; of <see cref="SplitMetric.Score"/>: how many scores.</param>
/// <param name="Confidence">
/// From 0.8 to 0.999: where no variant is better than another, one is called with a probability of at most 1 - this, however often it is looked at.
/// </param>
/// <param name="Then">What happens then.</param>
public sealed record WinnerRule(SplitMetric Metric, int MinimumSample, double Confidence, WinnerThen Then);

/// <summary>By what variants are compared. All but the score are shares of everybody who came to the variant.</summary>
public enum SplitMetric
{
    /// <summary>Who reached the journey's goal.</summary>
    Goal,

    /// <summary>Who answered a survey of the journey.</summary>
    Answered,

    /// <summary>Who gave one of the two best scores (NPS 9 or 10, CSAT 4 or 5, CES 6 or 7).</summary>
    Promoters,

    /// <summary>Who read a message of the journey, replied to it or answered its survey.</summary>
    Engaged,

    /// <summary>The mean score, of those who gave one.</summary>
    Score,
}

/// <summary>What happens when a winner is found.</summary>
public enum WinnerThen
{
    /// <summary>Whoever comes from then on, and isn't held out, gets it; those under way stay where they are.</summary>
    SendAll,

    /// <summary>It is told in the results, and nothing else.</summary>
    Tell,
}
