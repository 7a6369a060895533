using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage;

/// <summary>Invitations and responses as both stores read them.</summary>
internal static class StoredSurvey
{
    public const string InvitationColumns =
        "id, customer_id, survey, survey_version, enrolment_id, journey, delivery_id, touchpoint, created_at, expires_at";

    public const string ResponseColumns =
        "invitation_id, customer_id, survey, survey_version, score, comment, language, answered_at, changed_at, revision";

    public static Invitation ReadInvitation(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        CustomerId = row.Guid(1),
        Survey = row.Text(2),
        SurveyVersion = row.Int(3),
        EnrolmentId = row.GuidOrNull(4),
        Journey = row.Text(5),
        DeliveryId = row.GuidOrNull(6),
        Touchpoint = row.Text(7),
        CreatedAt = row.Time(8),
        ExpiresAt = row.Time(9),
    };

    public static Response ReadResponse(IStoredRow row) => new()
    {
        InvitationId = row.Guid(0),
        CustomerId = row.Guid(1),
        Survey = row.Text(2),
        SurveyVersion = row.Int(3),
        Score = row.IntOrNull(4),
        Comment = row.Text(5),
        Language = row.Text(6),
        AnsweredAt = row.Time(7),
        ChangedAt = row.Time(8),
        Revision = row.Int(9),
    };
}
