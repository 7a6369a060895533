namespace CxOrchestrator.Core.Publishing;

/// <summary>What becomes of everybody on one step of one older version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Step">The step's id there.</param>
/// <param name="Fate">What becomes of them.</param>
public sealed record PlannedMove(int Version, string Step, Fate Fate);

/// <summary>How many people stand on one step of one version of a journey, and are under way.</summary>
public sealed record Standing(int Version, string Step, long People);
