namespace CxOrchestrator.Core.Ledger;

/// <summary>Reads what decisions on a batch of deliveries stand on, all at once: at thousands of messages a second each trip to the store counts.</summary>
public interface ISendingFactStore
{
    /// <summary>What is known now about the customers and enrolments of these deliveries.</summary>
    Task<SendingFacts> ReadAsync(IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation);
}
