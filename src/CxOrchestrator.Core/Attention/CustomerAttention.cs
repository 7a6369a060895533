namespace CxOrchestrator.Core.Attention;

/// <summary>What a customer's attention budget stands on.</summary>
/// <param name="Contacts">Messages that the customer has or may have, of the longest span of a limit.</param>
/// <param name="Bids">Messages that are open and due: planned, to be tried again, or claimed by a node.</param>
public sealed record CustomerAttention(IReadOnlyList<Contact> Contacts, IReadOnlyList<Bid> Bids)
{
    /// <summary>Nothing was sent, and nothing is due.</summary>
    public static CustomerAttention Nothing { get; } = new([], []);
}

/// <summary>A message that a customer has or may have.</summary>
/// <param name="DeliveryId">The message.</param>
/// <param name="Journey">Its journey.</param>
/// <param name="Message">Its name.</param>
/// <param name="At">When it was handed over last.</param>
public sealed record Contact(Guid DeliveryId, string Journey, string Message, DateTimeOffset At);
