using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>A connection that can be called.</summary>
/// <param name="Capabilities">What its plugin claims, all of which its connector implements.</param>
/// <param name="Connector">The plugin's own object; called through the guard only.</param>
/// <param name="Guard">Its guard.</param>
/// <param name="Health">What is known of how it works.</param>
internal sealed record LiveConnection(
    IReadOnlyList<Capability> Capabilities, IConnector Connector, CallGuard Guard, ConnectionHealth Health);
