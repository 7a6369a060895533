using System.Globalization;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>What other processes have taken of the processors, on Linux.</summary>
internal static class Processors
{
    private const double TicksASecond = 100;

    /// <summary>A PostgreSQL server and all processes of its that still run.</summary>
    /// <param name="folder">Its data.</param>
    public static TimeSpan OfPostgres(string folder)
    {
        var ticks = 0L;
        var server = File.ReadLines(Path.Combine(folder, "postmaster.pid")).First();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(name => char.IsAsciiDigit(Path.GetFileName(name)[0])))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(process, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[1] != server && Path.GetFileName(process) != server)
                    continue;
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksASecond);
    }
}
