using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Manifest;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Discovery;

/// <summary>Finds plugins: every folder with a <c>plugin.json</c>. Everything here happens before any assembly is loaded.</summary>
internal static class PluginDiscovery
{
    // A manifest is a page; what is larger is something else.
    private const long MaxManifestBytes = 256 * 1024;

    /// <summary>All plugins below a folder, in order of id; those that share an id are all at fault.</summary>
    public static IReadOnlyList<FoundPlugin> In(string folder)
    {
        var found = Directory.EnumerateDirectories(folder)
            .Where(candidate => File.Exists(Path.Combine(candidate, ManifestReader.FileName)))
            .Order(StringComparer.Ordinal)
            .Select(Look)
            .ToList();
        var folders = found
            .GroupBy(plugin => plugin.Id, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .ToDictionary(group => group.Key, group => group.Select(plugin => plugin.Folder).ToList(), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. found
                .Select(plugin => folders.TryGetValue(plugin.Id, out var rivals) ? WithRivals(plugin, rivals) : plugin)
                .OrderBy(plugin => plugin.Id, StringComparer.Ordinal)
                .ThenBy(plugin => plugin.Folder, StringComparer.Ordinal),
        ];
    }

    private static FoundPlugin WithRivals(FoundPlugin plugin, List<string> folders) => plugin with
    {
        Faults = [.. plugin.Faults, $"the id \"{plugin.Id}\" is claimed by more than one folder: {string.Join(", ", folders)}"],
    };

    /// <summary>One folder, without loading anything.</summary>
    public static FoundPlugin Look(string folder)
    {
        var fallback = Path.GetFileName(folder);
        try
        {
            var file = new FileInfo(Path.Combine(folder, ManifestReader.FileName));
            if (file.Length > MaxManifestBytes)
                return Unreadable($"plugin.json has {file.Length} bytes; more than {MaxManifestBytes} are not read");
            var reading = ManifestReader.Read(File.ReadAllBytes(file.FullName));
            var id = reading.Id ?? fallback;
            return new FoundPlugin(id, reading.Name ?? id, folder, reading.Manifest, FaultsOf(folder, reading));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"plugin.json or a file that it lists can't be read: {unreadable.Message}");
        }

        FoundPlugin Unreadable(string fault) => new(fallback, fallback, folder, null, [fault]);
    }

    private static IReadOnlyList<string> FaultsOf(string folder, ManifestReading reading)
    {
        if (reading.Manifest is not { } manifest)
            return [.. reading.Faults.Select(fault => $"plugin.json, {fault}")];
        var whitelist = AssemblyWhitelist.Check(folder, manifest);
        return whitelist.Count > 0 ? [.. whitelist.Select(fault => $"plugin.json, {fault}")] : AssemblyReferences.Check(folder, manifest);
    }
}
