using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Where one channel's batches come from: what the walks of this node give it, and from the ledger what was planned elsewhere, earlier, or beyond the relay's
/// places. The two take turns, for neither may stand before the other.
/// </summary>
internal sealed class SendSource(Channel channel, ILedger ledger, SendRelays relays, ClaimSize size, Clocks clocks, EngineNode node, EngineOptions options)
{
    // A look that finds nothing costs a round trip; what is there is found in half the time in which a person would notice.
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(50);

    // Walks are about to bring more: a flow that is ended first waits for all its answers before the next is begun.
    private static readonly TimeSpan Lingers = TimeSpan.FromMilliseconds(10);

    private readonly SendRelay _relay = relays[channel];
    private long? _lookedAt;
    private bool _isMoreInLedger;
    private bool _isLastRelayed;
    private bool _isAnyRelayed;

    // What all walks may bring while as much is sent as is claimed at once; of a service that takes its time little lies in wait.
    private int Places => size.IsProven ? size.Now + (options.WalkLoops * options.WalkBatch) : 2 * size.Now;

    private bool LooksNow => _isMoreInLedger || _lookedAt is not { } at || clocks.Machine.GetElapsedTime(at) >= LooksEvery;

    /// <summary>The first batch of a flow; none where nothing is due.</summary>
    public async Task<SendBatch> FirstAsync(CancellationToken stop)
    {
        await ReturnOldAsync();
        _relay.Open(Places);
        _isAnyRelayed = false;
        return Relayed() ?? await ClaimAsync(stop);
    }

    /// <summary>The next batch while others are on their way; none where nothing more is due.</summary>
    public async Task<SendBatch> NextAsync(CancellationToken stop)
    {
        await ReturnOldAsync();
        _relay.Open(Places);
        if (_isLastRelayed && LooksNow && await ClaimAsync(stop) is { Rows.Count: > 0 } claimed)
            return claimed;
        if (Relayed() is { } relayed)
            return relayed;
        if (_isMoreInLedger)
            return await ClaimAsync(stop);
        if (_isAnyRelayed)
            await _relay.ComingAsync(Lingers, stop);
        return Relayed() ?? Empty();
    }

    /// <summary>What still waits in the relay, where sending rests: no more places are given.</summary>
    public SendBatch Rest()
    {
        _relay.Close();
        return Relayed() ?? Empty();
    }

    /// <summary>Forgets what walks have given: a batch has failed, and all that the node has claimed is let go of.</summary>
    public void Forget() => _relay.Clear();

    // A service has become slow: what its node can't send soon, others may, and no lease may end in the relay.
    private async Task ReturnOldAsync()
    {
        var old = _relay.TakeOlder(options.DecisionsHold);
        if (old.Count > 0)
            await ledger.CompleteAsync(node.Lease(options.CallLease), [.. old.Select(row => Outcomes.Returned(row, clocks.Now))], CancellationToken.None);
    }

    private SendBatch? Relayed()
    {
        if (_relay.Waiting == 0)
            return null;
        _isLastRelayed = _isAnyRelayed = true;
        return Batch(_relay.Take(size.Now));
    }

    private async Task<SendBatch> ClaimAsync(CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var (batch, limit) = (Empty(), size.Now);
        var rows = await ledger.ClaimDueAsync(batch.Lease, channel, clocks.Now, limit, stop);
        (_lookedAt, _isMoreInLedger) = (clocks.Machine.GetTimestamp(), rows.Count == limit);
        if (rows.Count > 0)
            DispatchMeter.Took("claim deliveries", since);
        _isLastRelayed &= rows.Count == 0;
        return batch with { Rows = rows };
    }

    private SendBatch Empty() => Batch([]);

    private SendBatch Batch(IReadOnlyList<Delivery> rows) => new(clocks.Machine.GetTimestamp(), node.Lease(options.CallLease), rows);
}
