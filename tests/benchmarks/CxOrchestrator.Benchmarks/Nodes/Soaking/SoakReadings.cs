using System.Globalization;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>The file of readings: a line of names, then one for each ten seconds, parted by tabs; a cell is empty where there was nothing to read.</summary>
internal sealed class SoakReadings
{
    private readonly string _file;

    /// <summary>Begins the file anew.</summary>
    public SoakReadings(string file, int nodes)
    {
        _file = file;
        string[] names =
        [
            "at", "messages a second", "half within ms", "99 of 100 within ms", .. Enumerable.Range(1, nodes).Select(node => $"MB of node {node.ToString(CultureInfo.InvariantCulture)}"),
            "processors of nodes", "of the database", "of its vacuums", "of the rig", "MB read a second", "MB written a second", "share waited for disks", "ms each request", "faults so far",
        ];
        File.WriteAllText(file, string.Join('\t', names) + "\n");
    }

    /// <summary>Adds a reading.</summary>
    public void Add(SoakSample sample, int faults)
    {
        double?[] numbers =
        [
            sample.Rate, sample.Median, sample.High, .. sample.Memory,
            sample.Processors.Nodes, sample.Processors.Database, sample.Processors.Vacuum, sample.Processors.Rig, sample.Disk.Read, sample.Disk.Written, sample.Disk.Waited, sample.Disk.Request, faults,
        ];
        File.AppendAllText(_file, string.Join('\t', numbers.Select(number => number?.ToString("0.###", CultureInfo.InvariantCulture)).Prepend(sample.At.ToString("u"))) + "\n");
    }
}
