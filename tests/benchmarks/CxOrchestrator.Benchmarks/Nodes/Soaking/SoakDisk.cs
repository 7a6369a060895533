using System.Globalization;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>What the whole machine asked of its disks, and how long it stood still for them: latency that grows while the processors idle is to be explained by this.</summary>
/// <param name="Read">Megabytes read a second.</param>
/// <param name="Written">Megabytes written a second.</param>
/// <param name="Waited">The share of the time, 0 to 1, in which something waited for a disk and nothing else went on; null where the kernel doesn't count it.</param>
internal sealed record DiskUsed(double Read, double Written, double? Waited);

/// <summary>Reads it, each time since the last ("PSI - Pressure Stall Information" and "/proc/vmstat" of the kernel's documentation).</summary>
internal sealed class SoakDisk
{
    private const string Pressure = "/proc/pressure/io";
    private (double Read, double Written, double? Waited) _last = Now();
    private long _at = TimeProvider.System.GetTimestamp();

    /// <summary>Since the last reading; the first is since this was made.</summary>
    public DiskUsed Read()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_at).TotalSeconds;
        _at = TimeProvider.System.GetTimestamp();
        var now = Now();
        var used = new DiskUsed((now.Read - _last.Read) / seconds, (now.Written - _last.Written) / seconds, (now.Waited - _last.Waited) / seconds);
        _last = now;
        return used;
    }

    // Megabytes, megabytes and seconds since the machine was started.
    private static (double Read, double Written, double? Waited) Now()
    {
        var pages = File.ReadLines("/proc/vmstat").Select(line => line.Split(' ')).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        return (Number(pages["pgpgin"]) / 1024, Number(pages["pgpgout"]) / 1024, Waited());
    }

    // A kernel that was built or started without the count has no such file, or refuses to read it.
    private static double? Waited()
    {
        try
        {
            var full = File.ReadLines(Pressure).FirstOrDefault(line => line.StartsWith("full", StringComparison.Ordinal));
            return full is null ? null : Number(full[(full.LastIndexOf('=') + 1)..]) / 1e6;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
