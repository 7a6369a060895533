using CxOrchestrator.Plugins.Connections;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>A connection as it is configured, whether or not it works.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PluginId">The plugin that it uses.</param>
/// <param name="Enabled">False where it is switched off.</param>
/// <param name="Place">Where it stands, for people.</param>
/// <param name="EnabledInSettings">What the settings file itself says; null where it stands in a file of its own.</param>
public sealed record ConfiguredConnection(string Name, string PluginId, bool Enabled, string Place, bool? EnabledInSettings)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<ConfiguredConnection> Read(IConfiguration configuration)
    {
        var settings = ConnectionPlans.Read(configuration);
        return
        [
            .. ConnectionFiles.Together(settings, configuration["Data:Folder"] is { Length: > 0 } data ? data : "data").Select((plan, place) =>
                new ConfiguredConnection(plan.Name, plan.PluginId, plan.Enabled, plan.Place, place < settings.Count ? settings[place].Enabled : null)),
        ];
    }
}
