using CxOrchestrator.Core.Attention;

namespace CxOrchestrator.Engine.Attention;

/// <summary>What becomes of messages that wait for room in one customer's attention budget, if nothing changes.</summary>
internal static class Backlog
{
    /// <summary>Those that expire before there is room for them, even where all others go as early as may be.</summary>
    public static IEnumerable<WaitingBid> Lost(AttentionBudget budget, IEnumerable<WaitingBid> waiting)
    {
        var ranked = waiting.OrderBy(one => one.Bid, Bid.ByRank).ToList();
        var first = ranked.Min(one => one.DueAt);
        var before = 0;
        foreach (var one in ranked)
        {
            // So many as a limit allows go in each of its spans.
            var room = first + budget.Limits.Max(limit => limit.Within * (before / limit.Messages));
            if (one.Bid.ExpiresAt <= room)
                yield return one;
            else
                before++;
        }
    }
}
