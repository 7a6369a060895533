namespace CxOrchestrator.Core.Nodes;

/// <summary>What the store says to a node that registers.</summary>
/// <param name="HeldBy">The node that has the name and lives, on another machine or folder; null where this one is registered.</param>
/// <param name="Now">The store's time.</param>
/// <param name="Others">How many other nodes live.</param>
public sealed record Registration(NodeReport? HeldBy, DateTimeOffset Now, int Others);
