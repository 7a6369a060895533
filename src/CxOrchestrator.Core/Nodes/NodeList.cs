namespace CxOrchestrator.Core.Nodes;

/// <summary>All nodes that are remembered.</summary>
/// <param name="Now">The store's time.</param>
/// <param name="Nodes">In order of name; of one name the latest first.</param>
public sealed record NodeList(DateTimeOffset Now, IReadOnlyList<NodeReport> Nodes);
