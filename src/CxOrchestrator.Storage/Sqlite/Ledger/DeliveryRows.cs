using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>deliveries</c>, the contact ledger.</summary>
internal static class DeliveryRows
{
    public const string Columns =
        "id, customer_id, enrolment_id, step_id, occurrence, journey, message, purpose, touchpoint, via, invitation_id, state, due_at, "
        + "expires_at, sent_via, connection, provider_id, attempts, reason, planned_at, changed_at, "
        + "handed_over_at, engagement, engaged_at, handed_over_to, decided";

    /// <summary>How many these are: the next column is another's.</summary>
    public const int ColumnCount = 26;

    private const string Insert = $"""
        insert into deliveries ({Columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    public static void Add(SqliteSession session, Delivery added) =>
        session.Use(Insert)
            .Add(added.Id).Add(added.CustomerId).Add(added.EnrolmentId).Add(added.StepId).Add(added.Occurrence).Add(added.Journey)
            .Add(added.Message).Add(added.Purpose).Add(added.Touchpoint).Add(Written(added.Via)).Add(added.InvitationId).Add(added.State)
            .Add(DueAt(added.State, added.DueAt, added.PlannedAt)).Add(added.ExpiresAt).Add((long?)added.SentVia).Add(added.Connection).Add(added.ProviderId)
            .Add(added.Attempts).Add(added.Reason).Add(added.PlannedAt).Add(added.ChangedAt)
            .Add(added.HandedOverAt).Add(added.Engagement).Add(added.EngagedAt).Add(added.HandedOverTo).Add(added.Decided)
            .Execute();

    /// <summary>Takes how far a message has come; nothing where as much is known.</summary>
    public static void Engage(SqliteSession session, EngagementChange change) =>
        session.Use(LedgerSql.Engage).Add(change.Engagement).Add(change.At).Add(change.DeliveryId).Add(change.Engagement).Execute();

    /// <summary>Takes an outcome that a service told by itself; false where the row has ended or nothing was handed over.</summary>
    public static bool Told(SqliteSession session, DeliveryOutcome outcome) => outcome.State switch
    {
        DeliveryState.Accepted or DeliveryState.Rejected =>
            session.Use(outcome.State == DeliveryState.Accepted ? LedgerSql.ToldArrived : LedgerSql.ToldFailed)
                .Add(outcome.State).Add(outcome.Reason).Add(outcome.At).Add(outcome.ProviderId).Add(outcome.Id)
                .Execute() == 1,
        _ => throw new ArgumentException($"A service tells by itself that a message was accepted or rejected, not {outcome.State}.", nameof(outcome)),
    };

    public static Delivery Read(Statement row) => new()
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
        Via = Channels(row.Bytes(9)),
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
    };

    /// <summary>When a row is due; one that waits for no time would wait for ever, so it is due at once.</summary>
    public static DateTimeOffset? DueAt(DeliveryState state, DateTimeOffset? dueAt, DateTimeOffset atOnce) =>
        state is DeliveryState.Planned or DeliveryState.Deferred ? dueAt ?? atOnce : null;

    // Channels in the order of preference, a digit each.
    private static string Written(IReadOnlyList<Channel> via) =>
        string.Create(via.Count, via, (digits, channels) =>
        {
            for (var i = 0; i < digits.Length; i++)
                digits[i] = (char)('0' + (int)channels[i]);
        });

    private static Channel[] Channels(ReadOnlySpan<byte> digits)
    {
        var via = new Channel[digits.Length];
        for (var i = 0; i < via.Length; i++)
            via[i] = (Channel)(digits[i] - '0');
        return via;
    }
}
