using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Attention;

/// <summary>A message that is due and wants room in the customer's attention budget. In order of rank: who stands first goes first.</summary>
/// <param name="DeliveryId">The message.</param>
/// <param name="Journey">Its journey.</param>
/// <param name="StepId">The step that planned it.</param>
/// <param name="Occurrence">Which visit of the step.</param>
/// <param name="Priority">Its journey's priority when it was planned.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="PlannedAt">When it was planned.</param>
public sealed record Bid(
    Guid DeliveryId, string Journey, string StepId, int Occurrence, int Priority, DateTimeOffset? ExpiresAt, DateTimeOffset PlannedAt)
{
    /// <summary>
    /// The higher priority first, then what expires first, then what was planned first. What is still equal goes by the names of journey and step, and not by
    /// keys, which are made at random: the same happenings come to the same order.
    /// </summary>
    public static IComparer<Bid> ByRank { get; } = Comparer<Bid>.Create(Compare);

    /// <summary>The bid of a message.</summary>
    public static Bid Of(Delivery delivery) => new(
        delivery.Id, delivery.Journey, delivery.StepId, delivery.Occurrence, delivery.Priority, delivery.ExpiresAt, delivery.PlannedAt);

    private static int Compare(Bid one, Bid other)
    {
        var order = other.Priority.CompareTo(one.Priority);
        if (order == 0)
            order = (one.ExpiresAt ?? DateTimeOffset.MaxValue).CompareTo(other.ExpiresAt ?? DateTimeOffset.MaxValue);
        if (order == 0)
            order = one.PlannedAt.CompareTo(other.PlannedAt);
        if (order == 0)
            order = string.CompareOrdinal(one.Journey, other.Journey);
        if (order == 0)
            order = string.CompareOrdinal(one.StepId, other.StepId);
        if (order == 0)
            order = one.Occurrence.CompareTo(other.Occurrence);
        return order == 0 ? one.DeliveryId.CompareTo(other.DeliveryId) : order;
    }
}
