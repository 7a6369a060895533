using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage;

/// <summary>Ledger rows as bids and contacts of a customer's attention budget.</summary>
internal static class StoredAttention
{
    public const string Columns =
        "d.customer_id, d.id, d.journey, d.message, d.step_id, d.occurrence, d.priority, d.expires_at, d.planned_at, d.state, d.due_at, d.handed_over_at, d.doubtful";

    /// <summary>Accepted, under way, unknown: and what is repeated although it may have arrived.</summary>
    public const string Counts = "(d.state in (2, 3, 6) or d.doubtful)";

    /// <summary>Planned, claimed, to be tried again.</summary>
    public const string Bids = "d.state in (0, 1, 5)";

    /// <summary>What <see cref="ReadSampled"/> reads.</summary>
    public const string Sampled = "customer_id, journey, state, awaits_room, expires_at";

    // A message that was tried longer ago than this and is still to be tried is not seen as a bid before it is claimed itself.
    private static readonly TimeSpan LongestTried = TimeSpan.FromDays(30);

    /// <summary>What was handed over before is of no matter.</summary>
    public static DateTimeOffset Since(AttentionBudget budget, DateTimeOffset now) =>
        now - (budget.Longest > LongestTried ? budget.Longest : LongestTried);

    public static IReadOnlyDictionary<Guid, CustomerAttention> Of(IEnumerable<StoredBid> rows, AttentionBudget budget, DateTimeOffset now) =>
        rows.GroupBy(row => row.CustomerId).ToDictionary(rows => rows.Key, rows => new CustomerAttention(
            [.. rows.Where(row => row.Counts(now - budget.Longest)).Select(row => new Contact(row.Bid.DeliveryId, row.Bid.Journey, row.Message, row.HandedOverAt!.Value)).OrderBy(contact => contact.At)],
            [.. rows.Where(row => row.IsDue(now) && !row.Counts(now - budget.Longest)).Select(row => row.Bid).Order(Bid.ByRank)]));

    public static SampledBid ReadSampled(IStoredRow row) =>
        new(row.Guid(0), row.Text(1), (DeliveryState)row.Int(2), row.Bool(3), row.TimeOrNull(4));

    public static IReadOnlyList<WaitingBid> Waiting(IEnumerable<StoredBid> rows) =>
        [.. rows.Where(row => row.DueAt is not null).Select(row => new WaitingBid(row.CustomerId, row.Bid, row.DueAt!.Value))];

    public static StoredBid Read(IStoredRow row) => new(
        row.Guid(0),
        new Bid(row.Guid(1), row.Text(2), row.Text(4), row.Int(5), row.Int(6), row.TimeOrNull(7), row.Time(8)),
        row.Text(3), (DeliveryState)row.Int(9), row.TimeOrNull(10), row.TimeOrNull(11), row.Bool(12));
}

/// <summary>One such row.</summary>
internal sealed record StoredBid(
    Guid CustomerId, Bid Bid, string Message, DeliveryState State, DateTimeOffset? DueAt, DateTimeOffset? HandedOverAt, bool Doubtful)
{
    public bool Counts(DateTimeOffset since) =>
        HandedOverAt > since && (Doubtful || State is DeliveryState.HandedOver or DeliveryState.Accepted or DeliveryState.Unknown);

    public bool IsDue(DateTimeOffset now) =>
        State is DeliveryState.Planned or DeliveryState.Claimed or DeliveryState.Deferred && DueAt <= now && !(Bid.ExpiresAt <= now);
}
