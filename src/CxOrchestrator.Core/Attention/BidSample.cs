using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Attention;

/// <summary>
/// Which messages of the ledger to look at: some of those that were planned within a time, evenly spread over it, so that a look costs the same however large
/// the ledger is. Where few were planned they are all of them.
/// </summary>
/// <param name="From">The first moment of planning.</param>
/// <param name="To">The moment after the last.</param>
/// <param name="Purposes">What the messages are for; others take their place in the sample and are left out.</param>
public sealed record BidSample(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Purpose> Purposes)
{
    /// <summary>In how many places of that time it is looked.</summary>
    public const int Places = 256;

    /// <summary>How many messages are read in each place, at most: those that were planned first.</summary>
    public const int AtEach = 64;

    /// <summary>The places, each from one moment up to the next.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans() =>
        Enumerable.Range(0, Places).Select(place => (At(place), At(place + 1)));

    private DateTimeOffset At(int place) => From + ((To - From) * (place / (double)Places));
}

/// <summary>A message of a sample.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Journey">Its journey.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AwaitsRoom">Whether it waits for room, or has expired waiting.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
public sealed record SampledBid(Guid CustomerId, string Journey, DeliveryState State, bool AwaitsRoom, DateTimeOffset? ExpiresAt);

/// <summary>A message that waits for room.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Bid">The bid.</param>
/// <param name="DueAt">When it bids again: as things stand, not before there is room for one message, or when it expires.</param>
public sealed record WaitingBid(Guid CustomerId, Bid Bid, DateTimeOffset DueAt);
