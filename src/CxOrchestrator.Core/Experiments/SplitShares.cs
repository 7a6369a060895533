using System.Runtime.CompilerServices;
using System.Text;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// Which variant has which of the <see cref="SplitBuckets.Count"/> buckets. Each has as many as its weight says, to one bucket. In each bucket every variant
/// has a fixed random number, which its weight divides; the least takes the bucket while the variant has places left (weighted rendezvous hashing: Schindelhauer
/// and Schomaker, "Weighted distributed hash tables", 2005). So a change of weights moves people only to variants that gain, hardly more than must move.
/// </summary>
public sealed class SplitShares
{
    private static readonly ConditionalWeakTable<SplitStep, SplitShares> Known = [];

    private readonly string[] _names;
    private readonly int[] _quotas;
    private readonly byte[] _ofBucket;

    private SplitShares(string[] names, int[] quotas)
    {
        _names = names;
        _quotas = quotas;
        _ofBucket = Divide(names, quotas);
    }

    /// <summary>The shares of a split.</summary>
    public static SplitShares Of(SplitStep split) => Known.GetValue(split, step => new SplitShares(
        [.. step.Variants.Select(variant => variant.Name), SplitStep.HeldOut],
        [.. Quotas([.. step.Variants.Select(variant => variant.Weight)], SplitBuckets.Count - step.HoldOut), step.HoldOut]));

    /// <summary>The variant of a bucket: a name, or <see cref="SplitStep.HeldOut"/>.</summary>
    public string VariantOf(int bucket) => _names[_ofBucket[bucket]];

    /// <summary>How many buckets a variant has; 0 where there is no such variant.</summary>
    public int BucketsOf(string variant) => Array.IndexOf(_names, variant) is >= 0 and var index ? _quotas[index] : 0;

    /// <summary>Shares out a number of buckets by weights: each gets its part rounded down, and the largest remainders one more.</summary>
    public static int[] Quotas(IReadOnlyList<int> weights, int buckets)
    {
        var sum = weights.Sum(weight => (long)weight);
        var quotas = weights.Select(weight => (int)(weight * (long)buckets / sum)).ToArray();
        var left = buckets - quotas.Sum();
        foreach (var index in Enumerable.Range(0, weights.Count).OrderByDescending(index => weights[index] * (long)buckets % sum).ThenBy(index => index).Take(left))
            quotas[index]++;
        return quotas;
    }

    private static byte[] Divide(string[] names, int[] quotas)
    {
        var wishes = new List<(double Key, int Bucket, byte Variant)>(names.Length * SplitBuckets.Count);
        for (byte variant = 0; variant < names.Length; variant++)
        {
            var seed = Seed(names[variant]);
            for (var bucket = 0; bucket < SplitBuckets.Count && quotas[variant] > 0; bucket++)
                wishes.Add((-Math.Log(Uniform(seed + (ulong)bucket)) / quotas[variant], bucket, variant));
        }

        var left = quotas.ToArray();
        var taken = new bool[SplitBuckets.Count];
        var variants = new byte[SplitBuckets.Count];
        foreach (var (_, bucket, variant) in wishes.Order())
        {
            if (taken[bucket] || left[variant] == 0)
                continue;
            taken[bucket] = true;
            left[variant]--;
            variants[bucket] = variant;
        }

        return variants;
    }

    // FNV-1a, 64 bits.
    private static ulong Seed(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }

    // The output function of SplitMix64 (Steele, Lea, Flood 2014); never 0.
    private static double Uniform(ulong state)
    {
        var mixed = state * 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 31;
        return ((mixed >> 11) + 1) / (double)(1UL << 53);
    }
}
