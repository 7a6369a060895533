namespace CxOrchestrator.Plugins.Installed;

/// <summary>What looking at one installed version found.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Version">The version.</param>
/// <param name="Faults">Every file that was changed, added or taken away, and what the manifest has of faults; empty where all is well.</param>
public sealed record VersionCheck(string Id, string Version, IReadOnlyList<string> Faults);

/// <summary>Compares installed versions with what was installed.</summary>
public static class InstalledCheck
{
    /// <summary>All versions of all installed plugins, in order of id and version.</summary>
    /// <exception cref="InvalidDataException">The book has faults.</exception>
    public static IReadOnlyList<VersionCheck> All(InstalledBook book) =>
    [
        .. from plugin in book.Read().Plugins.OrderBy(plugin => plugin.Key, StringComparer.Ordinal)
           from version in plugin.Value.Versions.OrderBy(version => version.Key, StringComparer.Ordinal)
           select new VersionCheck(plugin.Key, version.Key, Check(book, plugin.Key, version.Key, version.Value.Hash)),
    ];

    private static IReadOnlyList<string> Check(InstalledBook book, string id, string version, string pinned)
    {
        var found = InstalledDiscovery.Look(book, id, version, pinned);
        return found.Faults.Count > 0 && found.Manifest is null && Directory.Exists(found.Folder)
            ? [.. found.Faults, .. Changes(book, id, version, pinned, found.Folder)]
            : found.Faults;
    }

    private static IEnumerable<string> Changes(InstalledBook book, string id, string version, string pinned, string folder)
    {
        Dictionary<string, string> installed, present;
        try
        {
            var list = File.ReadAllText(InstallFolder.ListOf(book, id, version));
            // The list is true only where the pinned hash is its hash.
            if (FolderHash.OfListing(list) != pinned)
                return ["which files can't be told, since the list of them has changed too"];
            installed = Parse(list);
            present = Parse(FolderHash.Listing(folder));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [$"which files can't be told: {unreadable.Message}"];
        }

        return installed.Where(file => !present.ContainsKey(file.Key)).Select(file => $"{file.Key} is missing")
            .Concat(installed.Where(file => present.TryGetValue(file.Key, out var now) && now != file.Value).Select(file => $"{file.Key} was changed"))
            .Concat(present.Keys.Where(path => !installed.ContainsKey(path)).Select(path => $"{path} was added"))
            .Order(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Parse(string listing) =>
        listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", 2))
            .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
}
