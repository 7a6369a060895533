using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>What was decided about a batch of claimed deliveries.</summary>
internal sealed class Decided
{
    /// <summary>Those that may go now, written.</summary>
    public List<ReadyDelivery> Ready { get; } = [];

    /// <summary>What becomes of those that may not go, or not now.</summary>
    public List<DeliveryOutcome> Outcomes { get; } = [];

    /// <summary>Those that another channel is to decide on.</summary>
    public List<(Channel To, Guid Id)> PassedOn { get; } = [];

    /// <summary>How many of the outcomes are put off because of an outage, which is no way forward.</summary>
    public int Out { get; set; }

    /// <summary>How many came forward without being sent.</summary>
    public int Forward => Outcomes.Count - Out + PassedOn.Count;
}
