using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Attention;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>The places in the relays that one batch of walks has. Those that it doesn't use are given back at its end.</summary>
internal sealed class RelayPlaces(AttentionDesk? attention, IReadOnlyDictionary<Channel, (SendRelay Relay, int Places)> places) : IDisposable
{
    /// <summary>No places: all is planned.</summary>
    public static RelayPlaces None => new(null, new Dictionary<Channel, (SendRelay, int)>());

    private List<Delivery> _claimed = [];
    private bool _isAsked;
    private bool _isGiven;

    /// <summary>
    /// Makes those of the deliveries that walks have planned claimed for which there is a place; true where there is for any. What bids for its customer's attention is left as it is: all bids of a
    /// customer are heard together, and they are in the ledger. What was claimed before is forgotten.
    /// </summary>
    public bool Claim(List<Delivery> deliveries)
    {
        (_isAsked, _claimed) = (true, []);
        foreach (var (channel, (relay, left)) in places)
        {
            var (planned, taken) = (0, 0);
            for (var i = 0; i < deliveries.Count; i++)
            {
                if (deliveries[i].Via[0] != channel || attention?.ClaimOf(deliveries[i]) is not null)
                    continue;
                planned++;
                if (taken == left)
                    continue;
                taken++;
                deliveries[i] = deliveries[i] with { State = DeliveryState.Claimed };
                _claimed.Add(deliveries[i]);
            }

            relay.Planned(planned);
        }

        return _claimed.Count > 0;
    }

    /// <summary>
    /// Gives what was claimed to sending. Also where nobody knows whether it is stored: a row that isn't there can't be handed over.
    /// </summary>
    /// <param name="refused">Enrolments whose move was refused, and their deliveries with it.</param>
    public void Give(IReadOnlySet<Guid> refused)
    {
        _isGiven = true;
        var given = _claimed.Where(one => !refused.Contains(one.EnrolmentId)).ToLookup(one => one.Via[0]);
        foreach (var (channel, (relay, taken)) in places)
        {
            var rows = given[channel].ToList();
            if (!_isAsked)
                relay.Planned(0);
            relay.FreePlaces(taken - rows.Count);
            if (rows.Count > 0)
                relay.Give(rows);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isGiven)
            Give(_claimed.Select(one => one.EnrolmentId).ToHashSet());
    }
}
