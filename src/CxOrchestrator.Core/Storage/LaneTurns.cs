namespace CxOrchestrator.Core;

/// <summary>
/// Whose turn it is to be claimed first. Of eight turns service has five, personal two, bulk one; what a lane leaves of a batch goes to the others, so
/// that nobody waits for work that isn't there, and nobody is starved by work that never ends. Safe to share between threads.
/// </summary>
public sealed class LaneTurns
{
    private static readonly IReadOnlyList<Lane> Service = [Lane.Service, Lane.Personal, Lane.Bulk];
    private static readonly IReadOnlyList<Lane> Personal = [Lane.Personal, Lane.Service, Lane.Bulk];
    private static readonly IReadOnlyList<Lane> Bulk = [Lane.Bulk, Lane.Service, Lane.Personal];
    private static readonly IReadOnlyList<Lane>[] Turns = [Service, Service, Personal, Service, Service, Bulk, Service, Personal];

    private uint _turn = uint.MaxValue;

    /// <summary>All lanes, the one whose turn it is first.</summary>
    public IReadOnlyList<Lane> Next() => Turns[Interlocked.Increment(ref _turn) % (uint)Turns.Length];
}
