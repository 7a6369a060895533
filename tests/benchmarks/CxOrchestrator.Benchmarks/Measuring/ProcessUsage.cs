using System.Globalization;

namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>What a process of this machine has used. On Linux; elsewhere none is found.</summary>
/// <param name="Process">Its id.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Own">Processor time of its own.</param>
/// <param name="OfEnded">That of its children that have ended.</param>
internal sealed record ProcessUsage(int Process, int Parent, TimeSpan Own, TimeSpan OfEnded)
{
    // Of a tick: a hundred a second on every Linux that .NET runs on.
    private const double SecondsATick = 0.01;

    /// <summary>What the process calls itself; nothing where it has ended.</summary>
    public string Title => ReadOf($"/proc/{Process.ToString(CultureInfo.InvariantCulture)}/cmdline") ?? "";

    /// <summary>A process and its children; none where it has ended.</summary>
    public static IReadOnlyList<ProcessUsage> Family(int first) => !OperatingSystem.IsLinux() ? [] :
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(Read).OfType<ProcessUsage>().Where(one => one.Process == first || one.Parent == first),
    ];

    /// <summary>Processor time of a process and of all that it has started, whether they still run or have ended.</summary>
    public static TimeSpan OfFamily(int first) => OfFamily(first, Family(first));

    /// <summary>The same, of a family that was read.</summary>
    public static TimeSpan OfFamily(int first, IReadOnlyList<ProcessUsage> family) =>
        family.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Own + (one.Process == first ? one.OfEnded : TimeSpan.Zero));

    // "id (name) state parent ..."; a name may hold spaces and brackets.
    private static ProcessUsage? Read(string folder)
    {
        if (ReadOf(Path.Combine(folder, "stat")) is not { } text)
            return null;
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(1).Take(14).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new ProcessUsage(
            int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), (int)fields[0],
            TimeSpan.FromSeconds((fields[10] + fields[11]) * SecondsATick), TimeSpan.FromSeconds((fields[12] + fields[13]) * SecondsATick));
    }

    private static string? ReadOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
