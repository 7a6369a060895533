using CxOrchestrator.Core.Consent;

namespace CxOrchestrator.Core.Attention;

/// <summary>
/// How much of a customer's attention all journeys and surveys together may take. It is counted from the contact ledger: messages that the customer has or
/// may have (accepted, being handed over, unknown). What was certainly not sent takes no room.
/// </summary>
public sealed record AttentionBudget
{
    /// <summary>No limit.</summary>
    public static AttentionBudget None { get; } = new([], []);

    /// <summary>Messages for these purposes, together, within each of these limits.</summary>
    /// <exception cref="ArgumentException">Service is among the purposes: what a customer asked for is outside of it.</exception>
    public AttentionBudget(IReadOnlyList<AttentionLimit> limits, IReadOnlyList<Purpose> purposes)
    {
        if (purposes.Contains(Purpose.Service))
            throw new ArgumentException("Service messages are outside of the attention budget.", nameof(purposes));
        Limits = limits;
        Purposes = purposes;
        Longest = limits.Count == 0 ? TimeSpan.Zero : limits.Max(limit => limit.Within);
    }

    /// <summary>The limits; each holds.</summary>
    public IReadOnlyList<AttentionLimit> Limits { get; }

    /// <summary>What the messages are for that it is about.</summary>
    public IReadOnlyList<Purpose> Purposes { get; }

    /// <summary>The longest span of a limit.</summary>
    public TimeSpan Longest { get; }

    /// <summary>Whether a message for a purpose needs room in it.</summary>
    public bool Covers(Purpose purpose) => Limits.Count > 0 && Purposes.Contains(purpose);

    /// <summary>When there is room for one more message; null where there is now.</summary>
    /// <param name="taken">When the customer was sent the messages that count.</param>
    /// <param name="now">Now.</param>
    public DateTimeOffset? FullUntil(IEnumerable<DateTimeOffset> taken, DateTimeOffset now)
    {
        var newestFirst = taken.OrderDescending().ToList();
        DateTimeOffset? until = null;
        foreach (var limit in Limits)
        {
            if (newestFirst.Count >= limit.Messages && newestFirst[limit.Messages - 1] + limit.Within is var room && room > now && !(room <= until))
                until = room;
        }

        return until;
    }

    /// <summary>The limits in words, for example <c>2 messages in 7 days</c>.</summary>
    public override string ToString() => Limits.Count == 0 ? "no limit" : string.Join(", ", Limits);
}
