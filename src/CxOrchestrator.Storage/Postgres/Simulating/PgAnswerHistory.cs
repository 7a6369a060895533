using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IAnswerHistory"/>
internal sealed class PgAnswerHistory(PgDatabase database) : IAnswerHistory
{
    private const string Answers = """
        select i.survey, d.changed_at, r.answered_at, r.score from invitations i join deliveries d on d.id = i.delivery_id
        left join responses r on r.invitation_id = i.id
        where i.created_at >= $1 and i.created_at < $2 and d.state = 3 order by i.id desc limit $3
        """;

    private const string Messages = "select count(*) from deliveries where state = 3 and purpose <> 0 and changed_at >= $1 and changed_at < $2";

    private const string Withdrawals = "select count(*) from consents where state = $1 and by = 'customer' and at >= $2 and at < $3";

    /// <inheritdoc/>
    public Task<AnswerHistory> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => database.ReadMomentAsync(
        async session =>
        {
            var tally = new AnswerTally();
            await session.Use(Answers).Add(from).Add(to).Add(AnswerTally.Most).AllAsync(tally.Take);
            var messages = await session.Use(Messages).Add(from).Add(to).NumberAsync();
            return tally.ToHistory(messages, await session.Use(Withdrawals).Add(ConsentState.Withdrawn).Add(from).Add(to).NumberAsync());
        },
        cancellation);
}
