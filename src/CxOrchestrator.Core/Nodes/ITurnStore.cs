namespace CxOrchestrator.Core.Nodes;

/// <summary>
/// Turns at work that one node at a time does: asking a connection for events, one run of a schedule. A turn is held under a lease, and remembers who did the work last and when.
/// </summary>
public interface ITurnStore
{
    /// <summary>
    /// Takes or keeps a turn: true where it is this node's from now on. Not while another node's lease of it lasts, nor where another node has done the work after <paramref name="doneBy"/>.
    /// </summary>
    Task<bool> TakeAsync(string name, Lease lease, DateTimeOffset doneBy, CancellationToken cancellation);

    /// <summary>Gives a turn back, if it is still this node's.</summary>
    /// <param name="name">Which.</param>
    /// <param name="node">The node that holds it.</param>
    /// <param name="doneAt">When the work was done, in machine time; null where it was not.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task GiveBackAsync(string name, string node, DateTimeOffset? doneAt, CancellationToken cancellation);
}
