using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Plugins.Health;

/// <summary>What became of probing one connection.</summary>
/// <param name="Connection">Its name.</param>
/// <param name="Probed">True where a probe was made; false where it has none, or could not be called.</param>
/// <param name="Healthy">True where the probe found that it works.</param>
/// <param name="Text">What was found, or why it wasn't probed; safe to show.</param>
/// <param name="Report">Where the connection stands after it.</param>
public sealed record ProbeResult(string Connection, bool Probed, bool Healthy, string Text, StateReport Report);
