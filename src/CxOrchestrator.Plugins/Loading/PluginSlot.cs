using CxOrchestrator.Plugins.Discovery;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>A found plugin's place in the host, loaded or not.</summary>
internal sealed class PluginSlot(FoundPlugin found, string key)
{
    /// <summary>What was found.</summary>
    public FoundPlugin Found { get; } = found;

    /// <summary>Its key on the board.</summary>
    public string Key { get; } = key;

    /// <summary>The plugin, once it is loaded.</summary>
    public LoadedPlugin? Loaded { get; set; }
}
