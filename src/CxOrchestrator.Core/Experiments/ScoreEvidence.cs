namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// Evidence that the mean score of one variant is higher than that of another, which may be looked at as often as one likes: the normal mixture of the
/// sequential probability ratio test on the difference of the means, with the variances as they are seen. It holds for large samples, so that a rule on scores
/// needs its minimum sample; counts have the exact <see cref="ConversionEvidence"/>.
/// </summary>
/// <remarks>
/// R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference: continuous monitoring of A/B tests", Operations Research 70 (2022), where the mixture
/// has the density of N(0, τ²); with d the difference and V its variance: √(V / (V + τ²)) · exp(τ² d² / (2 V (V + τ²))).
/// </remarks>
public static class ScoreEvidence
{
    // The difference of means that one looks for, in points of the scale: a quarter.
    private const double Tau = 0.25;

    /// <summary>The natural logarithm of the evidence that A's mean is higher; negative infinity where it isn't, or nothing can be said yet.</summary>
    public static double LogOf(SplitSums a, SplitSums b)
    {
        if (a.Scores < 2 || b.Scores < 2 || a.MeanScore <= b.MeanScore)
            return double.NegativeInfinity;
        var difference = a.MeanScore!.Value - b.MeanScore!.Value;
        var variance = VarianceOfMean(a) + VarianceOfMean(b);
        if (variance <= 0)
            return double.NegativeInfinity;
        var prior = Tau * Tau;
        return (0.5 * Math.Log(variance / (variance + prior))) + (prior * difference * difference / (2 * variance * (variance + prior)));
    }

    private static double VarianceOfMean(SplitSums sums)
    {
        var mean = sums.MeanScore!.Value;
        return (sums.ScoreSquares - (sums.Scores * mean * mean)) / (sums.Scores - 1) / sums.Scores;
    }
}
