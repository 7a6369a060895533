namespace CxOrchestrator.Core.Events;

/// <summary>Keeps events, once each.</summary>
public interface IEventStore
{
    /// <summary>
    /// Stores events in one transaction; true for each that is new, false for each whose source and source id are stored already (also
    /// twice within the call). Finds the customer by (source, subject), then by (<c>customer</c>, subject), where none is given; an event of
    /// a person who is imported later stays without a customer until a decision on it names one.
    /// </summary>
    Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation);

    /// <summary>Claims events that nobody has processed, oldest first, under a lease.</summary>
    Task<IReadOnlyList<CustomerEvent>> ClaimAsync(Lease lease, int limit, CancellationToken cancellation);

    /// <summary>
    /// The newest event of this type about this delivery, or, with no delivery, about this customer since a time; null where there is none.
    /// </summary>
    Task<CustomerEvent?> FindAsync(
        Guid customerId, string type, Guid? deliveryId, DateTimeOffset? since, CancellationToken cancellation);

    /// <summary>How many are stored, and how many of these nobody has processed.</summary>
    Task<(long Stored, long Unprocessed)> CountAsync(CancellationToken cancellation);
}
