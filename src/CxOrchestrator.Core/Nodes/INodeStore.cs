namespace CxOrchestrator.Core.Nodes;

/// <summary>
/// The nodes that share a store. Each tells every few seconds that it lives, and so holds a lease; when that ends, others end the leases of all rows that
/// it held. All times are by the store's clock: PostgreSQL's own, or the machine's where one machine has the store to itself.
/// </summary>
public interface INodeStore
{
    /// <summary>The store's time.</summary>
    Task<DateTimeOffset> TimeAsync(CancellationToken cancellation);

    /// <summary>
    /// Registers a process. Ends the leases of what is certainly gone: former processes of the same name whose lease has ended, or that ran on the same machine and
    /// data folder. On a store of one process alone, those of everybody. Not registered where another process that lives has the name.
    /// </summary>
    Task<Registration> RegisterAsync(NodeIdentity node, TimeSpan lease, CancellationToken cancellation);

    /// <summary>Tells that a node lives, which renews its lease from now on.</summary>
    Task<BeatAnswer> BeatAsync(string id, NodeBeat beat, TimeSpan lease, CancellationToken cancellation);

    /// <summary>
    /// Takes nodes whose lease has ended for lost, and ends the leases of what lost and stopped nodes still hold: work is free to claim, and ledger rows fall to the
    /// next recovery. A row that somebody changes at this moment is passed over; it comes with a later call.
    /// </summary>
    Task<TakenOver> TakeOverAsync(CancellationToken cancellation);

    /// <summary>A node has stopped: its lease ends, and what it held is free as after <see cref="TakeOverAsync"/>.</summary>
    Task StopAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// A node that lives works on no rows of a kind any more, whatever it holds of them: what it claimed for a batch that failed is free as after
    /// <see cref="TakeOverAsync"/>. It must not hold any that it still works on.
    /// </summary>
    Task ForgetAsync(string id, HeldWork kind, CancellationToken cancellation);

    /// <summary>All that are remembered: a week after their end they are not.</summary>
    Task<NodeList> ListAsync(CancellationToken cancellation);
}
