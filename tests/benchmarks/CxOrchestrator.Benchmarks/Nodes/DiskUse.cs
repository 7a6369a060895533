using System.Globalization;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>What the whole machine asked of its disks, and how long it stood still for them: latency that grows while the processors idle is to be explained by this.</summary>
/// <param name="Read">Megabytes read a second.</param>
/// <param name="Written">Megabytes written a second.</param>
/// <param name="Waited">The share of the time, 0 to 1, in which something waited for a disk and nothing else went on; null where the kernel doesn't count it.</param>
/// <param name="Request">
/// Milliseconds that a read or a write took on average; null where there was none. More of them with no more megabytes than before: the disk itself is slow, which whoever shares it may cause.
/// </param>
internal sealed record DiskUsed(double Read, double Written, double? Waited, double? Request);

/// <summary>
/// Reads it, each time since the last ("PSI - Pressure Stall Information", "/proc/vmstat" and "Block layer statistics in /sys/block/&lt;dev&gt;/stat" of the kernel's documentation).
/// </summary>
internal sealed class DiskUse
{
    private const string Pressure = "/proc/pressure/io";
    private Counts _last = Counts.Now();
    private long _at = TimeProvider.System.GetTimestamp();

    /// <summary>Since the last reading; the first is since this was made.</summary>
    public DiskUsed Read()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_at).TotalSeconds;
        _at = TimeProvider.System.GetTimestamp();
        var now = Counts.Now();
        var requests = now.Requests - _last.Requests;
        var used = new DiskUsed(
            (now.Read - _last.Read) / seconds, (now.Written - _last.Written) / seconds, (now.Waited - _last.Waited) / seconds, requests > 0 ? (now.Taken - _last.Taken) / requests : null);
        _last = now;
        return used;
    }

    // Since the machine was started: megabytes, megabytes, seconds, how many reads and writes of whole disks, and the milliseconds that they took.
    private sealed record Counts(double Read, double Written, double? Waited, double Requests, double Taken)
    {
        public static Counts Now()
        {
            var pages = File.ReadLines("/proc/vmstat").Select(line => line.Split(' ')).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
            var disks = Directory.EnumerateDirectories("/sys/block").Select(disk => File.ReadAllText(Path.Combine(disk, "stat")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            return new Counts(
                Number(pages["pgpgin"]) / 1024, Number(pages["pgpgout"]) / 1024, WaitedNow(), disks.Sum(disk => Number(disk[0]) + Number(disk[4])), disks.Sum(disk => Number(disk[3]) + Number(disk[7])));
        }

        // A kernel that was built or started without the count has no such file, or refuses to read it.
        private static double? WaitedNow()
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
}
