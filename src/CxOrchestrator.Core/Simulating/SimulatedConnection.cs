using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Simulating;

/// <summary>A configured connection as a simulation stands in for it: known by its settings and its plugin's manifest, with nothing loaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PluginId">The plugin that it would use.</param>
/// <param name="Capabilities">What its plugin can do.</param>
/// <param name="CallsPerSecond">Calls a second that its settings allow; 0 for no limit.</param>
public sealed record SimulatedConnection(string Name, string PluginId, IReadOnlyList<Capability> Capabilities, double CallsPerSecond);

/// <summary>The connections of an installation, and which is named for which work.</summary>
/// <param name="Connections">In the order of the configuration.</param>
/// <param name="Use">The one that is named for a capability.</param>
public sealed record SimulatedConnectionSet(IReadOnlyList<SimulatedConnection> Connections, IReadOnlyDictionary<Capability, string> Use);
