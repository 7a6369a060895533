using CxOrchestrator.Plugins.Connections;

namespace CxOrchestrator.Plugins.Live;

/// <summary>What should run, as configuration, book and folder of connections have it together.</summary>
/// <param name="Plugins">The plugins, in order of id.</param>
/// <param name="Connections">The connections: those of the configuration in its order, then those that have a file of their own.</param>
internal sealed record Wanted(IReadOnlyList<WantedPlugin> Plugins, IReadOnlyList<ConnectionPlan> Connections);
