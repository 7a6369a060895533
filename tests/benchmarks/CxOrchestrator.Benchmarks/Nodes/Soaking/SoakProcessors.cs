using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>Who used how many processors, 1 being one of them all the time: what latency that grows is to be explained by.</summary>
/// <param name="Nodes">All nodes.</param>
/// <param name="Database">The database, with its vacuums.</param>
/// <param name="Vacuum">Those of its vacuums that ran at the end of the time.</param>
/// <param name="Rig">Whatever posts, takes mail and measures.</param>
internal sealed record ProcessorsUsed(double Nodes, double Database, double Vacuum, double Rig);

/// <summary>Reads it, each time since the last.</summary>
internal sealed class SoakProcessors(Fleet fleet, PostgresServer database)
{
    private Dictionary<string, TimeSpan> _last = [];
    private long _at;

    /// <summary>Since the last reading; the first is since whatever it is of was started.</summary>
    public ProcessorsUsed Read()
    {
        var seconds = _at == 0 ? double.PositiveInfinity : TimeProvider.System.GetElapsedTime(_at).TotalSeconds;
        _at = TimeProvider.System.GetTimestamp();
        var now = Now();
        var read = new ProcessorsUsed(Since(now, "node", seconds), Since(now, "database", seconds), Since(now, "vacuum", seconds), Since(now, "rig", seconds));
        _last = now;
        return read;
    }

    // What is smaller than before has been started anew.
    private double Since(Dictionary<string, TimeSpan> now, string kind, double seconds) =>
        now.Where(one => one.Key.StartsWith(kind, StringComparison.Ordinal))
            .Sum(one => (_last.TryGetValue(one.Key, out var last) && last <= one.Value ? one.Value - last : one.Value).TotalSeconds) / seconds;

    private Dictionary<string, TimeSpan> Now()
    {
        var now = new Dictionary<string, TimeSpan> { ["rig"] = Environment.CpuUsage.TotalTime };
        for (var node = 0; node < fleet.Options.Nodes; node++)
            now[$"node {node}"] = fleet.ProcessorOf(node) ?? TimeSpan.Zero;
        if (FirstOfDatabase() is { } first)
        {
            var family = ProcessUsage.Family(first);
            now["database"] = ProcessUsage.OfFamily(first, family);
            foreach (var one in family.Where(one => one.Title.Contains("autovacuum worker", StringComparison.Ordinal)))
                now[$"vacuum {one.Process}"] = one.Own;
        }

        return now;
    }

    // It may be down just now, by a fault of ours.
    private int? FirstOfDatabase()
    {
        try
        {
            return database.ProcessId;
        }
        catch (Exception down) when (down is IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
