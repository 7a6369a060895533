using System.Globalization;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Plugins.Live;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Connections as settings and manifests have them, for who only wants to know which there would be.</summary>
internal static class ConnectionOutline
{
    /// <summary>Those that are switched on and whose plugin is there; no assembly is looked at.</summary>
    public static SimulatedConnectionSet Of(Wanted wanted, HostSettings settings)
    {
        var manifests = wanted.Plugins.Where(plugin => plugin.Active.Found is { Manifest: not null, Faults.Count: 0 } && !settings.Disabled.Contains(plugin.Active.Found.Id, StringComparer.OrdinalIgnoreCase))
            .DistinctBy(plugin => plugin.Active.Found.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(plugin => plugin.Active.Found.Id, plugin => plugin.Active.Found.Manifest!, StringComparer.OrdinalIgnoreCase);
        return new SimulatedConnectionSet(
            [
                .. wanted.Connections.Where(plan => plan.Enabled && plan.Faults.Count == 0 && manifests.ContainsKey(plan.PluginId))
                    .Select(plan => new SimulatedConnection(plan.Name, plan.PluginId, manifests[plan.PluginId].Capabilities, Rate(plan, settings))),
            ],
            settings.Use);
    }

    private static double Rate(ConnectionPlan plan, HostSettings settings) =>
        double.TryParse(plan.Guard["CallsPerSecond"], NumberStyles.Float, CultureInfo.InvariantCulture, out var own) ? own : settings.Guard.CallsPerSecond;
}
