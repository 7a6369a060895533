using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>invitations</c> and <c>responses</c>.</summary>
internal static class SurveyRows
{
    public const string InvitationColumns =
        "id, customer_id, survey, survey_version, enrolment_id, journey, delivery_id, touchpoint, created_at, expires_at";

    public const string ResponseColumns =
        "invitation_id, customer_id, survey, survey_version, score, comment, language, answered_at, changed_at, revision";

    private const string InsertInvitation = $"""
        insert into invitations ({InvitationColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string InsertResponse = $"""
        insert into responses ({ResponseColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string ChangeResponse = """
        update responses set score = ?, comment = ?, language = ?, changed_at = ?, revision = ? where invitation_id = ? and revision = ?
        """;

    public static void Add(SqliteSession session, Invitation added) =>
        session.Use(InsertInvitation)
            .Add(added.Id).Add(added.CustomerId).Add(added.Survey).Add(added.SurveyVersion).Add(added.EnrolmentId).Add(added.Journey)
            .Add(added.DeliveryId).Add(added.Touchpoint).Add(added.CreatedAt).Add(added.ExpiresAt)
            .Execute();

    /// <summary>Stores a response; false where the stored revision is not the one before it.</summary>
    public static bool Put(SqliteSession session, Response response)
    {
        if (response.Revision > 1)
            return session.Use(ChangeResponse)
                .Add(response.Score).Add(response.Comment).Add(response.Language).Add(response.ChangedAt).Add(response.Revision)
                .Add(response.InvitationId).Add(response.Revision - 1)
                .Execute() == 1;
        return session.Use(InsertResponse)
            .Add(response.InvitationId).Add(response.CustomerId).Add(response.Survey).Add(response.SurveyVersion).Add(response.Score)
            .Add(response.Comment).Add(response.Language).Add(response.AnsweredAt).Add(response.ChangedAt).Add(response.Revision)
            .Execute() == 1;
    }

    public static Invitation ReadInvitation(Statement row) => new()
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

    public static Response ReadResponse(Statement row) => new()
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
