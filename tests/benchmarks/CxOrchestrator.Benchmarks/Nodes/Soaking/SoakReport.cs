using CxOrchestrator.NodeRig.Stops;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>What came of a soak.</summary>
/// <param name="Began">When the time at half load began.</param>
/// <param name="Full">Messages a second at full load.</param>
/// <param name="Samples">What was seen each ten seconds.</param>
/// <param name="Faults">What went wrong by our doing.</param>
/// <param name="Judged">What is known at the end against what was sent.</param>
/// <param name="Errors">Errors that were logged.</param>
/// <param name="Unexplained">Those that no fault explains.</param>
internal sealed record SoakReport(
    DateTimeOffset Began, double Full, IReadOnlyList<SoakSample> Samples, IReadOnlyList<SoakFault> Faults, HardStopReport Judged, int Errors, IReadOnlyList<string> Unexplained)
{
    // The runtime compiles what is hot, and pools fill, for a while.
    private const double WarmUp = 0.25;

    /// <summary>Readings after the first quarter of the time.</summary>
    public IReadOnlyList<SoakSample> Settled => [.. Samples.Skip((int)(Samples.Count * WarmUp))];

    /// <summary>Where the memory of the first node, which nobody killed, is going.</summary>
    public Trend Memory => Trend.Of([.. Settled.Select(one => one.Memory[0]).OfType<double>()]);

    /// <summary>Where the middle latency is going.</summary>
    public Trend Latency => Trend.Of([.. Settled.Select(one => one.Median).OfType<double>()]);
}
