using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage;

/// <summary>Ledger rows as both stores write and read them.</summary>
internal static class StoredDelivery
{
    public const string Columns =
        "id, customer_id, enrolment_id, step_id, occurrence, journey, message, purpose, touchpoint, via, invitation_id, state, due_at, "
        + "expires_at, sent_via, connection, provider_id, attempts, reason, planned_at, changed_at, "
        + "handed_over_at, engagement, engaged_at, handed_over_to, decided, lane, priority, doubtful, awaits_room, refused, send_in";

    /// <summary>How many these are: the next column is another's.</summary>
    public const int ColumnCount = 32;

    public static Delivery Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        CustomerId = row.Guid(1),
        EnrolmentId = row.Guid(2),
        StepId = row.Text(3),
        Occurrence = row.Int(4),
        Journey = row.Text(5),
        Message = row.Text(6),
        Purpose = (Purpose)row.Int(7),
        Touchpoint = row.Text(8),
        Via = Channels(row.Text(9)),
        InvitationId = row.GuidOrNull(10),
        State = (DeliveryState)row.Int(11),
        DueAt = row.TimeOrNull(12),
        ExpiresAt = row.TimeOrNull(13),
        SentVia = (Channel?)row.IntOrNull(14),
        Connection = row.TextOrNull(15),
        ProviderId = row.TextOrNull(16),
        Attempts = row.Int(17),
        Reason = row.Text(18),
        PlannedAt = row.Time(19),
        ChangedAt = row.Time(20),
        HandedOverAt = row.TimeOrNull(21),
        Engagement = (Engagement)row.Int(22),
        EngagedAt = row.TimeOrNull(23),
        HandedOverTo = row.TextOrNull(24),
        Decided = row.Text(25),
        Lane = (Lane)row.Int(26),
        Priority = row.Int(27),
        Doubtful = row.Bool(28),
        AwaitsRoom = row.Bool(29),
        Refused = StoredRefusals.Read(row.TextOrNull(30)),
        SendIn = row.TextOrNull(31),
    };

    /// <summary>When a row is due; one that waits for no time would wait for ever, so it is due at once. A claimed one is, where its claim comes to nothing.</summary>
    public static DateTimeOffset? DueAt(DeliveryState state, DateTimeOffset? dueAt, DateTimeOffset atOnce) =>
        state is DeliveryState.Planned or DeliveryState.Claimed or DeliveryState.Deferred ? dueAt ?? atOnce : null;

    /// <summary>The lease under which a new row stands.</summary>
    /// <exception cref="ArgumentException">It is claimed, and nobody's: it would be so for ever.</exception>
    public static Lease? LeaseOf(Delivery added, Lease? claim) =>
        added.State != DeliveryState.Claimed ? null
        : claim ?? throw new ArgumentException($"Delivery {added.Id} is to be stored claimed without a lease (Effects.Claim): nobody could send it, or take it over.", nameof(claim));

    /// <summary>New rows, each of which has the lease that it needs.</summary>
    /// <exception cref="ArgumentException">See <see cref="LeaseOf"/>.</exception>
    public static IReadOnlyList<Delivery> Under(Lease? claim, IReadOnlyList<Delivery> added)
    {
        foreach (var one in added)
            _ = LeaseOf(one, claim);
        return added;
    }

    /// <summary>What a service does not tell by itself.</summary>
    public static ArgumentException NotTold(DeliveryOutcome outcome) => new(
        $"A service tells by itself that a message was accepted, rejected, or is to go by the next channel after a hand-over that is named; not {outcome.State}.", nameof(outcome));

    /// <summary>For which channel a new row waits.</summary>
    public static Channel WaitsFor(Delivery added) => added.Via.Count > 0 ? added.Via[0] : Channel.Email;

    // Channels in the order of preference, a digit each.
    public static string Written(IReadOnlyList<Channel> via) =>
        string.Create(via.Count, via, (digits, channels) =>
        {
            for (var i = 0; i < digits.Length; i++)
                digits[i] = (char)('0' + (int)channels[i]);
        });

    private static Channel[] Channels(string digits)
    {
        var via = new Channel[digits.Length];
        for (var i = 0; i < via.Length; i++)
            via[i] = (Channel)(digits[i] - '0');
        return via;
    }
}
