using CxOrchestrator.Core;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISurveyStore"/>
internal sealed class SqliteSurveyStore(SqliteDatabase database) : ISurveyStore
{
    private const string FindInvitation = $"select {StoredSurvey.InvitationColumns} from invitations where id = ?";

    private const string FindResponse = $"select {StoredSurvey.ResponseColumns} from responses where invitation_id = ?";

    private const string FindByEnrolment = $"""
        select {StoredSurvey.InvitationColumns} from invitations where enrolment_id = ? and survey = ? order by created_at desc, id desc limit 1
        """;

    private const string Scores = """
        select r.survey, coalesce(i.journey, ''), r.score, count(*)
        from responses r left join invitations i on i.id = r.invitation_id
        where r.answered_at >= ? and r.score is not null
        group by 1, 2, 3 order by 1, 2, 3
        """;

    public Task<InvitationState?> FindAsync(Guid invitationId, CancellationToken cancellation) =>
        database.ReadAsync(
            session => session.Use(FindInvitation).Add(invitationId).First(StoredSurvey.ReadInvitation) is { } found
                ? new InvitationState(found, session.Use(FindResponse).Add(invitationId).First(StoredSurvey.ReadResponse))
                : null,
            cancellation);

    public Task<Invitation?> FindAsync(Guid enrolmentId, string survey, CancellationToken cancellation) =>
        database.ReadAsync(
            session => session.Use(FindByEnrolment).Add(enrolmentId).Add(survey).First(StoredSurvey.ReadInvitation), cancellation);

    public Task<bool> RecordAsync(Response response, Effects effects, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(response.Revision, 1, nameof(response));
        return database.WriteAsync(
            session =>
            {
                if (!SurveyRows.Put(session, response))
                    return false;
                EffectRows.Store(session, effects);
                return true;
            },
            cancellation);
    }

    public Task<IReadOnlyList<ScoreCount>> ScoresAsync(DateTimeOffset since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ScoreCount>>(
            session => session.Use(Scores).Add(since)
                .All(row => new ScoreCount(row.Text(0), row.Text(1), row.Int(2), row.Long(3))),
            cancellation);
}
