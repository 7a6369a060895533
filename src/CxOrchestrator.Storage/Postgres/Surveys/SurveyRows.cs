using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>invitations</c> and <c>responses</c>.</summary>
internal static class SurveyRows
{
    private static readonly RowSet<Invitation> Invitations = new RowSet<Invitation>()
        .Key("id", one => one.Id).Key("customer_id", one => one.CustomerId).Text("survey", one => one.Survey)
        .Number("survey_version", one => one.SurveyVersion).KeyOrNull("enrolment_id", one => one.EnrolmentId).Text("journey", one => one.Journey)
        .KeyOrNull("delivery_id", one => one.DeliveryId).Text("touchpoint", one => one.Touchpoint).Time("created_at", one => one.CreatedAt)
        .Time("expires_at", one => one.ExpiresAt);

    private static readonly string Insert = Invitations.InsertInto("invitations");

    private const string InsertResponse = $"""
        insert into responses ({StoredSurvey.ResponseColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
        """;

    private const string ChangeResponse = """
        update responses set score = $1, comment = $2, language = $3, changed_at = $4, revision = $5 where invitation_id = $6 and revision = $7
        """;

    public static Task AddAsync(PgSession session, IReadOnlyList<Invitation> added) =>
        added.Count == 0 ? Task.CompletedTask : session.Use(Insert).Add(Invitations, added).ExecuteAsync();

    /// <summary>Stores a response; false where the stored revision is not the one before it.</summary>
    public static async Task<bool> PutAsync(PgSession session, Response response)
    {
        if (response.Revision > 1)
            return await session.Use(ChangeResponse)
                .Add(response.Score).Add(response.Comment).Add(response.Language).Add(response.ChangedAt).Add(response.Revision)
                .Add(response.InvitationId).Add(response.Revision - 1)
                .ExecuteAsync() == 1;
        return await session.Use(InsertResponse)
            .Add(response.InvitationId).Add(response.CustomerId).Add(response.Survey).Add(response.SurveyVersion).Add(response.Score)
            .Add(response.Comment).Add(response.Language).Add(response.AnsweredAt).Add(response.ChangedAt).Add(response.Revision)
            .ExecuteAsync() == 1;
    }
}
