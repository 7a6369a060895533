using CxOrchestrator.Plugins.Discovery;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>Looks at installed versions as at any other plugin folder, and at whether they are still what was installed.</summary>
internal static class InstalledDiscovery
{
    /// <summary>One installed version; its faults tell where it isn't what was installed.</summary>
    /// <param name="book">The book, for its folder.</param>
    /// <param name="id">The plugin.</param>
    /// <param name="version">The version.</param>
    /// <param name="pinned">The hash that was pinned when it was installed.</param>
    public static FoundPlugin Look(InstalledBook book, string id, string version, string pinned)
    {
        var folder = book.FolderOf(id, version);
        try
        {
            if (!Directory.Exists(folder))
                return new FoundPlugin(id, id, folder, null, [$"the files of its version {version} are gone: install it again"]);
            // Nothing in a folder that has changed is looked at any further.
            if (FolderHash.Of(folder) != pinned)
                return new FoundPlugin(id, id, folder, null, ["its files have changed since they were installed"]);
            var found = PluginDiscovery.Look(folder);
            return found.Manifest is { } manifest && (manifest.Id != id || manifest.Version != version)
                ? found with { Id = id, Faults = [.. found.Faults, $"its plugin.json says that it is {manifest.Id} {manifest.Version}, and it was installed as {id} {version}"] }
                : found with { Id = id };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new FoundPlugin(id, id, folder, null, [$"its files can't be read: {unreadable.Message}"]);
        }
    }

    /// <summary>The bundled plugins, with the active version of every installed one in the place of its bundled namesake.</summary>
    public static IReadOnlyList<FoundPlugin> InPlaceOf(IReadOnlyList<FoundPlugin> bundled, InstalledBook book)
    {
        InstalledState state;
        try
        {
            state = book.Read();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Nobody knows which versions were meant to run: an older one that came with the program isn't put in their place.
            return [.. bundled.Select(plugin => plugin with { Faults = [.. plugin.Faults, $"nobody knows which version is meant: {unreadable.Message}"] })];
        }

        return
        [
            .. bundled.Where(plugin => state.Find(plugin.Id) is null)
                .Concat(state.Plugins.Select(plugin => Look(book, plugin.Key, plugin.Value.Active, plugin.Value.Versions[plugin.Value.Active].Hash)))
                .OrderBy(plugin => plugin.Id, StringComparer.Ordinal)
                .ThenBy(plugin => plugin.Folder, StringComparer.Ordinal),
        ];
    }
}
