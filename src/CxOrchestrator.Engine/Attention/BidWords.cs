using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Attention;

/// <summary>How a bid for a customer's attention went, in words.</summary>
internal static class BidWords
{
    // More would be cut off anyway.
    private const int Named = 3;

    /// <summary>Between decision and hand-over another message took the last place.</summary>
    public const string Overtaken = "another message took the room in the customer's attention budget a moment before";

    /// <summary>
    /// For example <c>attention budget of 2 messages in 7 days: 1 other was sent; goes before win-back (priority 10; this one has 50)</c>.
    /// </summary>
    public static string Goes(AttentionBudget budget, IReadOnlyList<Contact> contacts, int first, IReadOnlyList<Bid> before, Bid mine, DateTimeOffset now)
    {
        var sent = contacts.Count(contact => contact.At > now - budget.Longest);
        var others = sent + first;
        var words = $"attention budget of {budget}: {(others == 0 ? "none taken" : $"{others} taken")} before";
        return before.Count == 0 ? words : $"{words}; goes before {Names(before)} (this one has priority {mine.Priority})";
    }

    /// <summary>
    /// For example <c>no room in the customer's attention budget of 2 messages in 7 days until 2026-03-09 09:00:00Z: nps/invite was sent 2026-03-02 09:00:00Z;
    /// goes first: renewal (priority 80); this one has priority 50</c>.
    /// </summary>
    public static string Waits(AttentionBudget budget, IReadOnlyList<Contact> contacts, IReadOnlyList<Bid> first, Bid mine, DateTimeOffset until)
    {
        var parts = new List<string> { $"no room in the customer's attention budget of {budget} until {until:u}" };
        if (contacts.Count > 0)
            parts.Add($"sent: {string.Join(", ", contacts.OrderByDescending(contact => contact.At).Take(Named).Select(contact => $"{contact.Journey}/{contact.Message} {contact.At:u}"))}");
        if (first.Count > 0)
            parts.Add($"goes first: {Names(first)}; this one has priority {mine.Priority}");
        return ReasonText.Of(string.Join("; ", parts));
    }

    /// <summary>How a customer's budget stands now, for example <c>2 messages in 7 days: 1 sent (nps/invite 2026-03-02 09:00:00Z), room for more</c>.</summary>
    public static string Stands(AttentionBudget budget, CustomerAttention attention, DateTimeOffset now)
    {
        var room = budget.FullUntil(attention.Contacts.Select(contact => contact.At), now) is { } until ? $"no room before {until:u}" : "there is room";
        var sent = attention.Contacts.Count == 0 ? "nothing was sent"
            : $"sent: {string.Join(", ", attention.Contacts.Select(contact => $"{contact.Journey}/{contact.Message} {contact.At:u}"))}";
        var due = attention.Bids.Count == 0 ? "" : $"; due, in this order: {string.Join(", ", attention.Bids.Take(2 * Named).Select(Name))}";
        return $"{budget}: {sent}; {room}{due}";
    }

    private static string Names(IReadOnlyList<Bid> bids) =>
        string.Join(", ", bids.Take(Named).Select(Name)) + (bids.Count > Named ? $" and {bids.Count - Named} more" : "");

    private static string Name(Bid bid) => $"{bid.Journey} (priority {bid.Priority})";
}
