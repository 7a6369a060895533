using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// The relays of all channels. They are used while the loops run side by side; work that is pumped by hand is planned and claimed.
/// </summary>
internal sealed class SendRelays(ILedger ledger, AttentionDesk attention, Clocks clocks, EngineNode node, EngineOptions options)
{
    private readonly IReadOnlyDictionary<Channel, SendRelay> _relays = Enum.GetValues<Channel>().ToDictionary(channel => channel, _ => new SendRelay(clocks.Machine));
    private volatile bool _areUsed;

    /// <summary>The relay of a channel.</summary>
    public SendRelay this[Channel channel] => _relays[channel];

    /// <summary>The loops begin.</summary>
    public void Begin() => _areUsed = true;

    /// <summary>The loops are asked to end: what walks still plan is planned for all.</summary>
    public void Stop() => _areUsed = false;

    /// <summary>The loops have ended: what waits is given back, so that another node sends it at once.</summary>
    public async Task EndAsync()
    {
        Stop();
        var now = clocks.Now;
        List<DeliveryOutcome> returned = [.. _relays.Values.SelectMany(relay => relay.End()).Select(row => Outcomes.Returned(row, now))];
        if (returned.Count == 0)
            return;
        try
        {
            await ledger.CompleteAsync(node.Lease(options.CallLease), returned, CancellationToken.None);
        }
        catch (StoreFaultException)
        {
            // The node tells that it has stopped, or its lease ends: others plan them again.
        }
    }

    /// <summary>Places for what a walk will plan, at most so many a channel.</summary>
    public async Task<RelayPlaces> TakePlacesAsync(int wanted)
    {
        if (!_areUsed)
            return RelayPlaces.None;
        var taken = await Task.WhenAll(_relays.Values.Select(relay => relay.TakePlacesAsync(wanted)));
        return new RelayPlaces(attention, _relays.Zip(taken).ToDictionary(one => one.First.Key, one => (one.First.Value, one.Second)));
    }
}
