namespace CxOrchestrator.Core.Ledger;

/// <summary>
/// How far a message has come with the customer, as the service told since it was accepted. It only ever rises: receipts come twice, late and in any
/// order. A failure ranks below an arrival, because a message that was read has not failed, whatever is told of it afterwards.
/// </summary>
public enum Engagement
{
    /// <summary>Nothing was told.</summary>
    None,

    /// <summary>Late, and still being tried.</summary>
    Delayed,

    /// <summary>It will not arrive.</summary>
    Failed,

    /// <summary>It reached the device or the mailbox.</summary>
    Delivered,

    /// <summary>It was read.</summary>
    Read,
}

/// <summary>What a service told about a delivery; taken where it is more than what is known.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Engagement">How far it has come.</param>
/// <param name="At">When, as the service says.</param>
public sealed record EngagementChange(Guid DeliveryId, Engagement Engagement, DateTimeOffset At);
