using System.Numerics;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>Counts times by their length, each to within a hundredth of itself, so that millions of them take a few kilobytes.</summary>
internal sealed class LatencyHistogram
{
    // 64 steps for each doubling.
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[Steps * (64 - StepBits + 1)];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in microseconds.</summary>
    public long Longest { get; private set; }

    /// <summary>Adds one of so many microseconds.</summary>
    public void Add(long microseconds)
    {
        _counts[At(Math.Max(0, microseconds))]++;
        Count++;
        Longest = Math.Max(Longest, microseconds);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        Longest = Math.Max(Longest, other.Longest);
    }

    /// <summary>The time that this share of all (0 to 1) doesn't exceed, in milliseconds.</summary>
    public double Milliseconds(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
                return Math.Min(EndOf(i), Longest) / 1000.0;
        }

        return 0;
    }

    private static int At(long value)
    {
        if (value < Steps)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - StepBits;
        return (Steps * (shift + 1)) + (int)((value >> shift) - Steps);
    }

    private static long EndOf(int at)
    {
        if (at < Steps)
            return at;
        var shift = (at / Steps) - 1;
        return ((at % Steps) + Steps + 1L << shift) - 1;
    }
}
