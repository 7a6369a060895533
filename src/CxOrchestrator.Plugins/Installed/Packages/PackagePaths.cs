using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>
/// Judges the paths of a package's entries before anything is written. The rules are those of all systems together: what is
/// harmless on one must not escape on another.
/// </summary>
internal static partial class PackagePaths
{
    private const int MaxLength = 240;

    /// <summary>All that is wrong with the entries: paths, kinds, twins, and how many and how large they say they are.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<PackageEntry> entries)
    {
        var faults = new List<string>();
        if (entries.Count > PackageLimits.Files)
            faults.Add($"it holds {entries.Count} entries, and a plugin may have {PackageLimits.Files}");
        if (Sum(entries) > PackageLimits.Bytes)
            faults.Add($"its files would take more than {PackageLimits.Bytes} bytes when unpacked");
        var seen = new Dictionary<string, PackageEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (FaultOf(entry.Kind == PackageEntryKind.Folder ? entry.Path.TrimEnd('/') : entry.Path) is { } fault)
                faults.Add($"{Printable(entry.Path)} {fault}");
            else if (entry.Kind == PackageEntryKind.Other)
                faults.Add($"{Printable(entry.Path)} is a link or a device, which may lead outside the plugin's folder");
            else if (entry.Kind == PackageEntryKind.File && !seen.TryAdd(entry.Path, entry))
                faults.Add($"{Printable(entry.Path)} is there twice (capitals don't count)");
        }

        faults.AddRange(seen.Keys.Where(path => Parents(path).Any(seen.ContainsKey)).Select(path => $"{Printable(path)} lies below a file"));
        return faults;
    }

    /// <summary>Why a path may not be unpacked; null where it stays in the folder on every system.</summary>
    public static string? FaultOf(string path)
    {
        if (path.Length is 0 or > MaxLength)
            return $"has no name of 1 to {MaxLength} characters";
        if (path.Any(letter => char.IsControl(letter)))
            return "has a control character in its name";
        if (path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal))
            return "has a backslash or a colon in its name: it may lead to another folder or drive";
        if (path.StartsWith('/'))
            return "is an absolute path, outside the plugin's folder";
        var parts = path.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
            return "leads outside the plugin's folder, or to another name than it shows";
        return parts.Any(part => part[^1] is '.' or ' ' || DeviceNames().IsMatch(part))
            ? "has a part that some systems take for another name (a dot or blank at its end, or a device such as NUL)"
            : null;
    }

    /// <summary>A path for a line of text.</summary>
    public static string Printable(string path)
    {
        var shown = new string([.. path.Take(MaxLength).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)]);
        return $"\"{shown}{(path.Length > MaxLength ? "…" : "")}\"";
    }

    // Lengths are what the package claims, and may add up to more than a number holds.
    private static long Sum(IReadOnlyList<PackageEntry> entries) =>
        entries.Aggregate(0L, (sum, entry) => sum > PackageLimits.Bytes ? sum : sum + Math.Min(Math.Max(entry.Length, 0), PackageLimits.Bytes + 1));

    private static IEnumerable<string> Parents(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            yield return path[..at];
    }

    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceNames();
}
