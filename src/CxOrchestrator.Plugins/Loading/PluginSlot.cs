using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>The place of one version of a plugin in the host, loaded or not.</summary>
internal sealed class PluginSlot(WantedVersion version, string key)
{
    private volatile PluginSlot? _candidate;

    /// <summary>The version.</summary>
    public WantedVersion Version { get; } = version;

    /// <summary>What was found.</summary>
    public FoundPlugin Found => Version.Found;

    /// <summary>Its key on the board.</summary>
    public string Key { get; } = key;

    /// <summary>The plugin, once it is loaded.</summary>
    public LoadedPlugin? Loaded { get; set; }

    /// <summary>
    /// True where there is no use in loading these same files again: they are loaded, or nothing has changed of what kept them from it.
    /// </summary>
    public bool Stands(WantedVersion wanted) => Loaded is not null || Found.Faults.SequenceEqual(wanted.Found.Faults);

    /// <summary>The trial of this version; null for an active one.</summary>
    public Trial? Trial { get; init; }

    /// <summary>The version on trial beside this active one; null for none.</summary>
    public PluginSlot? Candidate
    {
        get => _candidate;
        set => _candidate = value;
    }
}
