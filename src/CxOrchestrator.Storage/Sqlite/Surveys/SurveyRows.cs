using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>invitations</c> and <c>responses</c>.</summary>
internal static class SurveyRows
{
    private const string InsertInvitation = $"""
        insert into invitations ({StoredSurvey.InvitationColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string InsertResponse = $"""
        insert into responses ({StoredSurvey.ResponseColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
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
}
