using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins;

/// <summary>The section <c>Plugins</c> of the configuration.</summary>
public sealed class PluginsOptions
{
    /// <summary>The folder with one folder a plugin. Default: empty, for the folder <c>plugins</c> beside the executable.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Ids of plugins that are not to be loaded. Default: none.</summary>
    public IReadOnlyList<string> Disabled { get; set; } = [];

    /// <summary>How new versions are tried.</summary>
    public UpgradeOptions Upgrade { get; set; } = new();
}
