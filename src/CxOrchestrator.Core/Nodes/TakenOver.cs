namespace CxOrchestrator.Core.Nodes;

/// <summary>What a look after nodes that are gone has found.</summary>
/// <param name="Lost">Names of nodes that were taken for lost by this look.</param>
/// <param name="Owed">True where ledger rows wait for the recovery: their leases have ended.</param>
public sealed record TakenOver(IReadOnlyList<string> Lost, bool Owed);
