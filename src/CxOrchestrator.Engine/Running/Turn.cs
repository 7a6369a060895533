using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Engine.Running;

/// <summary>A turn that this node holds; given back when it is disposed of.</summary>
public sealed class Turn(string name, ITurnStore store, EngineNode node, Clocks clocks, EngineOptions options, DateTimeOffset until) : IAsyncDisposable
{
    private readonly int _losses = node.Life.Losses;
    private DateTimeOffset _until = until;
    private bool _isDone;

    /// <summary>Whether the turn is still this node's; renews it where half of its time is over. Asked before each call and each cursor that is moved on.</summary>
    public async Task<bool> StillAsync(CancellationToken cancellation)
    {
        // Others took what this node held when it was lost, and one of them has the turn.
        if (node.Life.Losses != _losses || !node.Life.Holds)
            return false;
        var lease = node.Lease(options.CallLease);
        if (_until - lease.Now > options.CallLease / 2)
            return true;
        if (!await store.TakeAsync(name, lease, lease.Now, cancellation))
            return false;
        _until = lease.Until;
        return true;
    }

    /// <summary>The work is done, and need not be for a while.</summary>
    public void Done() => _isDone = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (node.Life.Losses == _losses)
            await store.GiveBackAsync(name, node.Name, _isDone ? clocks.MachineNow : null, CancellationToken.None);
    }
}
