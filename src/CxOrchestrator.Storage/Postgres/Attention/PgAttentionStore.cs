using CxOrchestrator.Core.Attention;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IAttentionStore"/>
internal sealed class PgAttentionStore(PgDatabase database) : IAttentionStore
{
    public async Task<IReadOnlyDictionary<Guid, CustomerAttention>> ReadAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = StoredAttention.Since(budget, now);
        var keys = LatelyPlanned.Of(since, now);
        var rows = await database.ReadAsync(
            session => session.Use(AttentionSql.Read)
                .Add(customers).Add(since).Add(budget.Purposes.Select(purpose => (int)purpose)).Add(now).Add(keys.From).Add(keys.Middle).Add(keys.To)
                .AllAsync(StoredAttention.Read),
            cancellation);
        return StoredAttention.Of(rows, budget, now);
    }

    public async Task<IReadOnlyList<SampledBid>> SampleAsync(BidSample sample, CancellationToken cancellation)
    {
        var spans = sample.Spans().ToList();
        return await database.ReadAsync(
            session => session.Use(AttentionSql.Sample)
                .Add(spans.Select(span => InOrderOfTime.FirstOf(span.From))).Add(spans.Select(span => InOrderOfTime.FirstOf(span.To)))
                .Add(BidSample.AtEach).Add(sample.Purposes.Select(purpose => (int)purpose)).AllAsync(StoredAttention.ReadSampled),
            cancellation);
    }

    public async Task<IReadOnlyList<WaitingBid>> WaitingAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation) =>
        StoredAttention.Waiting(await database.ReadAsync(
            session => session.Use(AttentionSql.Waiting).Add(customers).Add(StoredAttention.Since(budget, now))
                .Add(budget.Purposes.Select(purpose => (int)purpose)).AllAsync(StoredAttention.Read),
            cancellation));
}
