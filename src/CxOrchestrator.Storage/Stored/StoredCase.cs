using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage;

/// <summary>Cases as both stores read them.</summary>
internal static class StoredCase
{
    public const string Columns =
        "id, customer_id, origin, kind, journey, invitation_id, enrolment_id, owner, due_at, subject, body, state, connection, ticket_id, "
        + "attempts, reason, opened_at, changed_at";

    public static Case Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        CustomerId = row.Guid(1),
        Origin = row.Text(2),
        Kind = row.Text(3),
        Journey = row.Text(4),
        InvitationId = row.GuidOrNull(5),
        EnrolmentId = row.GuidOrNull(6),
        Owner = row.Text(7),
        DueAt = row.Time(8),
        Subject = row.Text(9),
        Body = row.Text(10),
        State = (CaseState)row.Int(11),
        Connection = row.TextOrNull(12),
        TicketId = row.TextOrNull(13),
        Attempts = row.Int(14),
        Reason = row.Text(15),
        OpenedAt = row.Time(16),
        ChangedAt = row.Time(17),
    };
}
