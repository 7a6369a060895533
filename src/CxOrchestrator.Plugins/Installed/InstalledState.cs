namespace CxOrchestrator.Plugins.Installed;

/// <summary>What the installed-plugins book says: which plugins an admin has installed, and which version of each does the work.</summary>
public sealed record InstalledState
{
    /// <summary>The layout of the book that this version reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>A book with nothing in it.</summary>
    public static InstalledState Empty { get; } = new() { Format = CurrentFormat, Plugins = new Dictionary<string, InstalledPlugin>() };

    /// <summary>The layout of the file; 1.</summary>
    public required int Format { get; init; }

    /// <summary>The installed plugins by id.</summary>
    public required IReadOnlyDictionary<string, InstalledPlugin> Plugins { get; init; }

    /// <summary>The plugin with this id; null where it isn't installed.</summary>
    public InstalledPlugin? Find(string id) => Plugins.GetValueOrDefault(id);

    /// <summary>The same with one plugin put in or replaced.</summary>
    public InstalledState With(string id, InstalledPlugin plugin) =>
        this with { Plugins = new Dictionary<string, InstalledPlugin>(Plugins) { [id] = plugin } };

    /// <summary>The same without one plugin.</summary>
    public InstalledState Without(string id) =>
        this with { Plugins = Plugins.Where(plugin => plugin.Key != id).ToDictionary() };
}
