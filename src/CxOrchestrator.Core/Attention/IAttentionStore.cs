namespace CxOrchestrator.Core.Attention;

/// <summary>Reads from the contact ledger what attention budgets stand on.</summary>
public interface IAttentionStore
{
    /// <summary>
    /// What was sent to customers, and what is due for them, of the purposes of a budget. Who has neither is left out. Of what is due a store may leave out what was planned more
    /// than two weeks before the longest span began (and six weeks ago): it bids as soon as it is claimed itself.
    /// </summary>
    /// <param name="customers">The customers.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="now">Now, in customers' time.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyDictionary<Guid, CustomerAttention>> ReadAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Messages of a sample, in no order.</summary>
    Task<IReadOnlyList<SampledBid>> SampleAsync(BidSample sample, CancellationToken cancellation);

    /// <summary>What waits for room of customers, for the purposes of a budget, in no order.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="now">Now, in customers' time.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<WaitingBid>> WaitingAsync(
        IReadOnlyCollection<Guid> customers, AttentionBudget budget, DateTimeOffset now, CancellationToken cancellation);
}
