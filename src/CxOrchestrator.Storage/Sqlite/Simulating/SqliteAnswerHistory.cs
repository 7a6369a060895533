using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IAnswerHistory"/>
internal sealed class SqliteAnswerHistory(SqliteDatabase database) : IAnswerHistory
{
    private const string Answers = """
        select i.survey, d.changed_at, r.answered_at, r.score from invitations i join deliveries d on d.id = i.delivery_id
        left join responses r on r.invitation_id = i.id
        where i.created_at >= ? and i.created_at < ? and d.state = 3 order by i.id desc limit ?
        """;

    private const string Messages = "select count(*) from deliveries where state = 3 and purpose <> 0 and changed_at >= ? and changed_at < ?";

    private const string Withdrawals = "select count(*) from consents where state = ? and by = 'customer' and at >= ? and at < ?";

    /// <inheritdoc/>
    public Task<AnswerHistory> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => database.ReadAsync(
        session =>
        {
            var tally = new AnswerTally();
            session.Use(Answers).Add(from).Add(to).Add((long)AnswerTally.Most).All(tally.Take);
            var messages = session.Use(Messages).Add(from).Add(to).Number() ?? 0;
            return tally.ToHistory(messages, session.Use(Withdrawals).Add(ConsentState.Withdrawn).Add(from).Add(to).Number() ?? 0);
        },
        cancellation);
}
