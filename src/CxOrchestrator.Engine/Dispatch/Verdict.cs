using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>What is decided about a delivery at hand-over time.</summary>
internal abstract record Verdict
{
    /// <summary>It may go now, by this channel and connection.</summary>
    public sealed record Go(Channel Via, string Connection, string Address) : Verdict
    {
        /// <summary>Why so: what spoke against the channels before, the consent, and what held it up until now.</summary>
        public string Why { get; init; } = "";
    }

    /// <summary>It goes later: quiet hours (then it stays planned), or nothing that takes it now.</summary>
    /// <param name="Due">When it is looked at again, in customers' time.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Outage">True where a connection is at fault, false where it is only the wrong time of day.</param>
    public sealed record Later(DateTimeOffset Due, string Reason, bool Outage) : Verdict
    {
        /// <summary>The channel by which it would go; null where none was come to.</summary>
        public Channel? Via { get; init; }

        /// <summary>True where a pause of its journey holds it; it is due again when that ends.</summary>
        public bool Held { get; init; }

        /// <summary>True where it waits for room in the customer's attention budget.</summary>
        public bool AwaitsRoom { get; init; }
    }

    /// <summary>It never goes.</summary>
    public sealed record Never(DeliveryState State, string Reason) : Verdict;
}
