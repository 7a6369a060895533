using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Ledger;

/// <summary>A channel by which a message certainly did not go: its service refused it for good. It is not tried again by this channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Connection">Whose service refused it.</param>
/// <param name="At">When, in customers' time.</param>
/// <param name="Reason">What the service said, in words.</param>
public sealed record Refusal(Channel Channel, string Connection, DateTimeOffset At, string Reason)
{
    /// <summary>Whether its service had taken it before, and told later that it did not arrive.</summary>
    public bool Late { get; init; }
}
