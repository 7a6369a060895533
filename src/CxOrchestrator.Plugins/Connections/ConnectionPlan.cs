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

    /// <summary>What an admin does about its faults: a file of its own is taken up while the service runs, the settings are not.</summary>
    public string HowToCorrect => Path.IsPathRooted(Place)
        ? $"Correct {Place}; a running service takes it up by itself."
        : $"Correct the connection \"{Name}\" in the configuration and start again.";

    /// <summary>Everything that it says, as one text: where that is the same, so is the connection.</summary>
    public string Wording => string.Join('\n', [Name, PluginId, $"{Enabled}", .. Lines(Settings), .. Lines(Guard)]);

    private static IEnumerable<string> Lines(IConfigurationSection section) => section.AsEnumerable(makePathsRelative: true)
        .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .Select(pair => $"{section.Key}:{pair.Key}={pair.Value}");
}
