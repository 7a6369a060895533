using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Attention;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// The relays of all channels. They are used while the loops run side by side; work that is pumped by hand is planned and claimed.
/// </summary>
internal sealed class SendRelays(Clocks clocks, AttentionDesk attention)
{
    private readonly IReadOnlyDictionary<Channel, SendRelay> _relays = Enum.GetValues<Channel>().ToDictionary(channel => channel, _ => new SendRelay(clocks.Machine));
    private volatile bool _areUsed;

    /// <summary>The relay of a channel.</summary>
    public SendRelay this[Channel channel] => _relays[channel];

    /// <summary>Whether they are used.</summary>
    public bool AreUsed => _areUsed;

    /// <summary>The loops have begun, or end.</summary>
    public void Use(bool are) => _areUsed = are;

    /// <summary>Places for what a walk will plan, at most so many a channel.</summary>
    public async Task<RelayPlaces> TakePlacesAsync(int wanted)
    {
        if (!_areUsed)
            return RelayPlaces.None;
        var taken = await Task.WhenAll(_relays.Values.Select(relay => relay.TakePlacesAsync(wanted)));
        return new RelayPlaces(attention, _relays.Zip(taken).ToDictionary(one => one.First.Key, one => (one.First.Value, one.Second)));
    }
}
