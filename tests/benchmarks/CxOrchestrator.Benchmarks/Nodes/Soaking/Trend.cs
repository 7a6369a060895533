namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>
/// Where a row of readings is going: the middle of the slopes between all pairs of them (Theil and Sen), which a few wild readings don't move, and the range
/// that holds the true one 95 times of 100 (Sen 1968, by the normal approximation).
/// </summary>
/// <param name="Low">Lower end of the range, as a share of the middle reading for the whole of the time.</param>
/// <param name="Middle">The most likely.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Trend(double Low, double Middle, double High)
{
    // Neighbouring readings are alike, which would make the range too narrow: only so many blocks, each with its middle, are compared.
    private const int MostBlocks = 40;

    /// <summary>Of readings at equal distances, at least four.</summary>
    public static Trend Of(IReadOnlyList<double> readings)
    {
        var blocks = readings.Chunk(Math.Max(1, readings.Count / MostBlocks)).Select(block => block.Order().ElementAt(block.Length / 2)).ToList();
        var slopes = new List<double>();
        for (var i = 0; i < blocks.Count; i++)
        {
            for (var j = i + 1; j < blocks.Count; j++)
                slopes.Add((blocks[j] - blocks[i]) / (j - i));
        }

        slopes.Sort();
        var n = (double)blocks.Count;
        var half = 1.96 * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18) / 2;
        var whole = (n - 1) / Math.Max(double.Epsilon, blocks.Order().ElementAt(blocks.Count / 2));
        return new Trend(At((slopes.Count / 2.0) - half) * whole, At(slopes.Count / 2.0) * whole, At((slopes.Count / 2.0) + half) * whole);

        double At(double rank) => slopes[(int)Math.Clamp(Math.Round(rank), 0, slopes.Count - 1)];
    }

    /// <summary>True where growth isn't shown, or is shown to be less than a share of the whole.</summary>
    public bool IsFlat(double share) => Low <= 0 || High <= share;

    /// <inheritdoc/>
    public override string ToString() => $"{Middle:+0.0%;-0.0%} over the time ({Low:+0.0%;-0.0%} to {High:+0.0%;-0.0%})";
}
