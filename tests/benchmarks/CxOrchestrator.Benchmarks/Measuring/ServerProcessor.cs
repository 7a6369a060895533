using System.Globalization;

namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>Processor time of a server and of all that it has started, whether they still run or have ended. On Linux; elsewhere it is none.</summary>
internal static class ServerProcessor
{
    private static readonly double MicrosecondsATick = 1_000_000.0 / 100;

    /// <summary>Microseconds since the server's start.</summary>
    /// <param name="process">The id of the server's first process.</param>
    public static double Microseconds(int process)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var ticks = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(Read).OfType<Usage>().Where(one => one.Process == process || one.Parent == process)
            .Sum(one => one.Own + (one.Process == process ? one.OfEnded : 0));
        return ticks * MicrosecondsATick;
    }

    // "id (name) state parent ..."; a name may hold spaces and brackets.
    private static Usage? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(1).Take(14).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            return new Usage(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), fields[0], fields[10] + fields[11], fields[12] + fields[13]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Usage(int Process, long Parent, long Own, long OfEnded);
}
