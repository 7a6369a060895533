using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Discovery;

/// <summary>
/// Checks the files that a manifest lists: plain names of files that lie in the plugin's folder and nowhere else, and none that
/// the host provides.
/// </summary>
internal static class AssemblyWhitelist
{
    /// <summary>All that is wrong with the list; nothing is loaded.</summary>
    public static IReadOnlyList<string> Check(string folder, PluginManifest manifest)
    {
        var faults = new List<string>();
        foreach (var twice in manifest.Assemblies.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            faults.Add($"\"assemblies\" lists {twice.Key} twice");
        foreach (var name in manifest.Assemblies.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (FaultOf(folder, name) is { } fault)
                faults.Add(fault);
        }

        if (!manifest.Assemblies.Contains(manifest.Assembly, StringComparer.Ordinal))
            faults.Add($"\"assembly\" is {Printable(manifest.Assembly)}, which \"assemblies\" does not list");
        return faults;
    }

    private static string? FaultOf(string folder, string name)
    {
        var shown = Printable(name);
        if (!IsPlainFileName(name))
            return $"\"assemblies\" lists {shown}: only plain names of files in the plugin's own folder may be listed";
        if (!name.EndsWith(".dll", StringComparison.Ordinal))
            return $"\"assemblies\" lists {shown}, which is no .dll";
        if (HostAssemblies.VersionOf(Path.GetFileNameWithoutExtension(name)) is not null)
            return $"\"assemblies\" lists {shown}, which the host provides: take it off the list";

        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return $"\"assemblies\" lists {shown}, which is not in the folder";
        return LeavesFolder(folder, path) ? $"\"assemblies\" lists {shown}, which is a link to a file outside the plugin's folder" : null;
    }

    // Both kinds of separator, on every system: a list that is harmless on one must not escape on another.
    private static bool IsPlainFileName(string name) =>
        name.Length > 0
        && name.IndexOfAny(['/', '\\', ':']) < 0
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Any(char.IsControl)
        && !Path.IsPathRooted(name);

    private static bool LeavesFolder(string folder, string path)
    {
        var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true);
        if (target is null)
            return false;
        var home = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        return Path.GetDirectoryName(Path.GetFullPath(target.FullName)) is var parent
            && parent != Path.TrimEndingDirectorySeparator(home)
            && parent != Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    private static string Printable(string name) =>
        $"\"{new string([.. name.Select(letter => char.IsControl(letter) ? '?' : letter)])}\"";
}
