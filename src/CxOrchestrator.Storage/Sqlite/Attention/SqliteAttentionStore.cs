using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IAttentionStore"/>
internal sealed class SqliteAttentionStore(SqliteDatabase database) : IAttentionStore
{
    public Task<IReadOnlyDictionary<Guid, CustomerAttention>> ReadAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation) =>
        database.ReadAsync(session => Read(session, customers, budget, now), cancellation);

    public Task<IReadOnlyList<SampledBid>> SampleAsync(BidSample sample, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SampledBid>>(
            session =>
            [
                .. sample.Spans().SelectMany(span => session.Use(AttentionSql.Sample)
                    .Add(InOrderOfTime.FirstOf(span.From)).Add(InOrderOfTime.FirstOf(span.To)).Add(BidSample.AtEach).Add(Bits(sample.Purposes)).All(StoredAttention.ReadSampled)),
            ],
            cancellation);

    public Task<IReadOnlyList<WaitingBid>> WaitingAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation)
    {
        var (since, purposes) = (StoredAttention.Since(budget, now), Bits(budget.Purposes));
        return database.ReadAsync(
            session => StoredAttention.Waiting(customers.SelectMany(customer =>
                session.Use(AttentionSql.Waiting).Add(customer).Add(since).Add(purposes).All(StoredAttention.Read))),
            cancellation);
    }

    /// <summary>Whether there is room for a message that is about to be handed over, as of all that this session has stored.</summary>
    public static bool HasRoom(SqliteSession session, HandOver handOver, DateTimeOffset now) =>
        handOver.Attention is not { } claim || claim.Budget.Limits.All(limit =>
            session.Use(AttentionSql.Count).Add(claim.CustomerId).Add(now - limit.Within).Add(Bits(claim.Budget.Purposes)).Add(handOver.Id).Number() < limit.Messages);

    /// <summary>Makes due what waits for room.</summary>
    public static void Free(SqliteSession session, RoomFreed freed) =>
        session.Use(AttentionSql.Freed).Add(freed.At).Add(freed.CustomerId).Add(freed.At).Execute();

    private static IReadOnlyDictionary<Guid, CustomerAttention> Read(
        SqliteSession session, IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now)
    {
        var rows = new List<StoredBid>();
        var since = StoredAttention.Since(budget, now);
        var purposes = Bits(budget.Purposes);
        foreach (var customer in customers)
            rows.AddRange(session.Use(AttentionSql.Read).Add(customer).Add(since).Add(now).Add(purposes).All(StoredAttention.Read));
        return StoredAttention.Of(rows, budget, now);
    }

    private static int Bits(IReadOnlyList<Purpose> purposes) => purposes.Aggregate(0, (bits, purpose) => bits | (1 << (int)purpose));
}
