namespace CxOrchestrator.Core.Experiments;

/// <summary>How many of two variants did something, of those who were divided by the same weights.</summary>
/// <param name="ShareA">The buckets of the one.</param>
/// <param name="ShareB">The buckets of the other.</param>
/// <param name="DidA">Who did it there.</param>
/// <param name="DidB">Who did it here.</param>
public readonly record struct PairCount(int ShareA, int ShareB, long DidA, long DidB);

/// <summary>
/// Evidence that more people do something in one variant than in another, which may be looked at as often as one likes: a mixture sequential probability
/// ratio test on the variants of successive conversions. People are divided at random; so where the variants do not differ, whoever converts next is of A
/// with the probability shareA / (shareA + shareB), whatever the hour, the season and however long people take: exactly, at any size. Where those of A convert
/// r times as often it is r·shareA / (r·shareA + shareB). The likelihood ratio, averaged over a fixed set of r, is a test martingale: by Ville's inequality
/// it ever exceeds x with a probability of at most 1/x.
/// </summary>
/// <remarks>
/// The mixture: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41 (1970). Its use in
/// tests that are looked at all the time: R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference", Operations Research 70 (2022). On counts:
/// M. Lindon, A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022.
/// </remarks>
public static class ConversionEvidence
{
    // Uplifts from 2 % to 100 %, evenly spaced on a logarithmic scale.
    private static readonly double[] Uplifts = [.. Enumerable.Range(0, 24).Select(step => 1 + (0.02 * Math.Pow(50, step / 23.0)))];

    /// <summary>
    /// The natural logarithm of the evidence that A's people do it more than <paramref name="ratio"/> times as often as B's: 0 where there is none, below 0
    /// where there is some against it.
    /// </summary>
    public static double LogOf(IReadOnlyList<PairCount> counts, double ratio = 1)
    {
        var logs = Uplifts.Select(uplift => counts.Sum(count => LogRatio(count, ratio, ratio * uplift))).ToArray();
        var most = logs.Max();
        return most + Math.Log(logs.Average(log => Math.Exp(log - most)));
    }

    /// <summary>
    /// How many times as often A's people do it as B's: the range that holds, at every look together, with a probability of 1 - <paramref name="alpha"/>. An
    /// end that isn't known yet is 0 or infinite.
    /// </summary>
    public static (double From, double To) Range(IReadOnlyList<PairCount> counts, double alpha)
    {
        var swapped = counts.Select(count => new PairCount(count.ShareB, count.ShareA, count.DidB, count.DidA)).ToList();
        return (Proven(counts, alpha), 1 / Proven(swapped, alpha));
    }

    // The greatest ratio that A is known to exceed; the evidence falls as the ratio rises.
    private static double Proven(IReadOnlyList<PairCount> counts, double alpha)
    {
        var enough = Math.Log(2 / alpha);
        var (low, high) = (-7.0, 7.0);
        if (LogOf(counts, Math.Exp(low)) < enough)
            return 0;
        for (var round = 0; round < 40; round++)
        {
            var middle = (low + high) / 2;
            if (LogOf(counts, Math.Exp(middle)) >= enough)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(low);
    }

    private static double LogRatio(PairCount count, double nothing, double something)
    {
        if (count.ShareA == 0 || count.ShareB == 0)
            return 0;
        var before = (nothing * count.ShareA) + count.ShareB;
        var after = (something * count.ShareA) + count.ShareB;
        return (count.DidA * Math.Log(something / nothing)) + ((count.DidA + count.DidB) * Math.Log(before / after));
    }
}
