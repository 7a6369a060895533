using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>One entry of the section <c>Connections</c>.</summary>
/// <param name="Name">Its name, or its place in the configuration where it has none.</param>
/// <param name="PluginId">The plugin that it uses, or empty.</param>
/// <param name="Enabled">False where an admin has switched it off.</param>
/// <param name="Settings">The plugin's settings, not looked at yet.</param>
/// <param name="Guard">Its own limits, not looked at yet.</param>
/// <param name="Faults">What is wrong with the entry itself.</param>
internal sealed record ConnectionPlan(
    string Name, string PluginId, bool Enabled, IConfigurationSection Settings, IConfigurationSection Guard, IReadOnlyList<string> Faults)
{
    /// <summary>Where it stands: a place in the settings, or a file of its own.</summary>
    public string Place { get; init; } = "";
}
