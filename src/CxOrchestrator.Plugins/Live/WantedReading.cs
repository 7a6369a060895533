using System.Globalization;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Settings;

namespace CxOrchestrator.Plugins.Live;

/// <summary>Reads what should run. What it reads from may change at any time; the configuration itself holds until the next start.</summary>
internal sealed class WantedReading(HostSettings settings, InstalledBook book)
{
    private IReadOnlyList<FoundPlugin> _bundled = [];

    /// <summary>Looks at the folder of bundled plugins, which is done once.</summary>
    /// <exception cref="IOException">It can't be read; nothing is bundled then.</exception>
    public void LookAtBundled() => _bundled = PluginDiscovery.In(settings.PluginsFolder);

    /// <summary>A text that is another as soon as anything else is wanted; cheap enough for every few seconds.</summary>
    /// <exception cref="IOException">Something can't be read.</exception>
    public string Mark() => string.Concat(Files().Select(file => $"{file}\n{File.ReadAllText(file)}\n"));

    /// <summary>What is wanted at the start: where the book can't be read, no plugin whose version is in doubt.</summary>
    public Wanted ReadAtStart()
    {
        try
        {
            return Read();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Wanted([.. InstalledDiscovery.InPlaceOf(_bundled, book).Select(AsBundled)], Plans());
        }
    }

    /// <summary>What is wanted now.</summary>
    /// <exception cref="InvalidDataException">The book has faults.</exception>
    /// <exception cref="IOException">Something can't be read.</exception>
    public Wanted Read()
    {
        var state = book.Read();
        var plugins = _bundled.Where(plugin => state.Find(plugin.Id) is null).Select(AsBundled)
            .Concat(state.Plugins.Select(plugin => Installed(plugin.Key, plugin.Value)))
            .OrderBy(plugin => plugin.Active.Found.Id, StringComparer.Ordinal)
            .ThenBy(plugin => plugin.Active.Found.Folder, StringComparer.Ordinal);
        return new Wanted([.. plugins], Plans());
    }

    private IEnumerable<string> Files()
    {
        if (File.Exists(book.File))
            yield return book.File;
        var folder = ConnectionFiles.FolderOf(settings.DataFolder);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            yield return file;
    }

    private IReadOnlyList<ConnectionPlan> Plans() => ConnectionFiles.Together(settings.Connections, settings.DataFolder);

    private WantedPlugin Installed(string id, InstalledPlugin plugin)
    {
        var past = plugin.Rollbacks.Count > 0 && plugin.Rollbacks[^1] is var last && last.Version != plugin.Active && plugin.Candidate is null
            ? string.Create(CultureInfo.InvariantCulture, $"its version {last.Version} was taken back at {last.At:u}: {last.Reason}")
            : "";
        return new WantedPlugin(
            Version(plugin.Active), plugin.Candidate is { } candidate ? Version(candidate.Version) : null, plugin.Candidate, past);

        WantedVersion Version(string version) =>
            new(InstalledDiscovery.Look(book, id, version, plugin.Versions[version].Hash), plugin.Versions[version].Hash);
    }

    private static WantedPlugin AsBundled(FoundPlugin plugin) => new(new WantedVersion(plugin, ""), null, null, "");
}
