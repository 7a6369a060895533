using System.Globalization;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>What all processors of the machine have done since it was started, in ticks.</summary>
/// <param name="All">All time.</param>
/// <param name="Idle">Time in which they had nothing to do.</param>
internal sealed record ProcessorTime(long All, long Idle)
{
    /// <summary>As the system counts it now.</summary>
    public static ProcessorTime Now()
    {
        // user nice system idle iowait irq softirq steal ...
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(one => long.Parse(one, CultureInfo.InvariantCulture)).ToList();
        return new ProcessorTime(ticks.Sum(), ticks[3] + ticks[4]);
    }

    /// <summary>The share of time, 0 to 1, that was used since then.</summary>
    public double BusySince(ProcessorTime before) => 1 - ((Idle - before.Idle) / (double)Math.Max(1, All - before.All));
}
