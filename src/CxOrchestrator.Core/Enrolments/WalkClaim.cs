namespace CxOrchestrator.Core.Enrolments;

/// <summary>Which due enrolments are taken to be walked.</summary>
/// <param name="Lease">Whose they are meanwhile.</param>
/// <param name="Now">Customers' time: what is due by then is taken, longest due first in each lane.</param>
/// <param name="Lanes">All lanes; what an earlier one leaves of the limit goes to the next.</param>
/// <param name="Limit">How many at most.</param>
public sealed record WalkClaim(Lease Lease, DateTimeOffset Now, IReadOnlyList<Lane> Lanes, int Limit);

/// <summary>What became of due enrolments.</summary>
/// <param name="Taken">How many were taken.</param>
/// <param name="RefusedMoves">Keys of those that had changed meanwhile.</param>
public sealed record WalkReport(int Taken, IReadOnlySet<Guid> RefusedMoves)
{
    /// <summary>Nothing was due.</summary>
    public static WalkReport Nothing { get; } = new(0, new HashSet<Guid>());
}
