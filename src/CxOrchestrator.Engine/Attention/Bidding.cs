using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Attention;

/// <summary>
/// Decides for a batch of claimed deliveries who gets the room that is left in each customer's attention budget. All that is open and due bids: what is
/// claimed here, what waits, and what other nodes have claimed. What isn't due yet, or is held by a pause, keeps no room from what could go now.
/// </summary>
internal sealed class Bidding
{
    // Others' messages that come first may turn out not to go: they are claimed, and have gone or not, within moments.
    private static readonly TimeSpan OthersDecide = TimeSpan.FromMinutes(1);

    private readonly AttentionBudget _budget;
    private readonly HashSet<Guid> _claimed;
    private readonly IReadOnlyDictionary<Guid, CustomerAttention> _customers;
    private readonly Func<Bid, bool> _walks;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, List<Bid>> _won = [];

    public Bidding(
        AttentionBudget budget, IReadOnlyList<Delivery> claimed, IReadOnlyDictionary<Guid, CustomerAttention> customers, Func<Bid, bool> walks, DateTimeOffset now)
    {
        _budget = budget;
        _claimed = [.. claimed.Where(one => budget.Covers(one.Purpose)).Select(one => one.Id)];
        _customers = customers;
        _walks = walks;
        _now = now;
    }

    /// <summary>Nobody needs room.</summary>
    public static Bidding None { get; } = new(AttentionBudget.None, [], new Dictionary<Guid, CustomerAttention>(), _ => true, DateTimeOffset.UnixEpoch);

    /// <summary>The deliveries in the order in which they are to be heard: those that bid come by rank, after those that need no room.</summary>
    public IReadOnlyList<Delivery> InOrder(IReadOnlyList<Delivery> claimed) => _claimed.Count == 0 ? claimed
        : [.. claimed.Where(one => !_claimed.Contains(one.Id)), .. claimed.Where(one => _claimed.Contains(one.Id)).OrderBy(Bid.Of, Bid.ByRank)];

    /// <summary>Another channel's loop hears it: until then it stands before what it outranks.</summary>
    public void PassOn(Delivery delivery) => _claimed.Remove(delivery.Id);

    /// <summary>What becomes of a verdict: a delivery that could go takes its place, or waits for one.</summary>
    public Verdict Hear(Delivery delivery, Verdict verdict)
    {
        if (verdict is not Verdict.Go go || !_claimed.Contains(delivery.Id))
            return verdict;
        var mine = Bid.Of(delivery);
        var attention = _customers.GetValueOrDefault(delivery.CustomerId) ?? CustomerAttention.Nothing;
        // A try that may have arrived is repeated in its own place.
        var contacts = attention.Contacts.Where(contact => contact.DeliveryId != delivery.Id).ToList();
        var won = _won.GetValueOrDefault(delivery.CustomerId) ?? [];
        var others = attention.Bids.Where(bid => !_claimed.Contains(bid.DeliveryId) && Bid.ByRank.Compare(bid, mine) < 0 && _walks(bid)).ToList();
        var sure = contacts.Select(contact => contact.At).Concat(won.Select(_ => _now)).ToList();
        if (_budget.FullUntil(sure.Concat(others.Select(_ => _now)), _now) is { } until)
            return Refused(mine, contacts, [.. won, .. others], until, onlyByOthers: _budget.FullUntil(sure, _now) is null);

        _won[delivery.CustomerId] = [.. won, mine];
        var before = attention.Bids.Where(bid => bid.DeliveryId != delivery.Id && Bid.ByRank.Compare(mine, bid) < 0).ToList();
        return go with { Why = ReasonText.Of($"{go.Why}; {BidWords.Goes(_budget, contacts, won.Count + others.Count, before, mine, _now)}") };
    }

    private Verdict.Later Refused(Bid mine, List<Contact> contacts, List<Bid> first, DateTimeOffset until, bool onlyByOthers)
    {
        var soon = _now + OthersDecide;
        return new Verdict.Later(onlyByOthers && soon < until ? soon : until, BidWords.Waits(_budget, contacts, first, mine, until), Outage: false) { AwaitsRoom = true };
    }
}
