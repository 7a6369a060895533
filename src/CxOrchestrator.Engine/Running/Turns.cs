using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Engine.Running;

/// <summary>Takes turns at work that one node at a time does.</summary>
public sealed class Turns(ITurnStore store, EngineNode node, Clocks clocks, EngineOptions options)
{
    /// <summary>This node's turn, or null where another has it, or has done the work in less than the time before now.</summary>
    /// <param name="name">Which work.</param>
    /// <param name="notWithin">How long what another node has done is good for; zero where it may be done again at once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Turn?> TakeAsync(string name, TimeSpan notWithin, CancellationToken cancellation)
    {
        var lease = node.Lease(options.CallLease);
        return await store.TakeAsync(name, lease, lease.Now - notWithin, cancellation) ? new Turn(name, store, node, clocks, options, lease.Until) : null;
    }
}
