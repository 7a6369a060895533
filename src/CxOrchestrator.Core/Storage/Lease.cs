namespace CxOrchestrator.Core;

/// <summary>Who claims work, and until when it is theirs.</summary>
/// <param name="Node">The node's name, unique per process.</param>
/// <param name="Now">Now, in machine time: leases that ended before are free.</param>
/// <param name="Until">When this lease ends, in machine time.</param>
public sealed record Lease(string Node, DateTimeOffset Now, DateTimeOffset Until);
