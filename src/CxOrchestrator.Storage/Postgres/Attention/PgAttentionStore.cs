using CxOrchestrator.Core.Attention;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IAttentionStore"/>
internal sealed class PgAttentionStore(PgDatabase database) : IAttentionStore
{
    public async Task<IReadOnlyDictionary<Guid, CustomerAttention>> ReadAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            session => session.Use(AttentionSql.Read)
                .Add(customers).Add(StoredAttention.Since(budget, now)).Add(budget.Purposes.Select(purpose => (int)purpose)).Add(now)
                .AllAsync(StoredAttention.Read),
            cancellation);
        return StoredAttention.Of(rows, budget, now);
    }
}
