using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>A delivery that may go now, written and addressed.</summary>
internal sealed record ReadyDelivery(Delivery Delivery, Enrolment? Enrolment, Verdict.Go Go, Composed Message)
{
    /// <summary>The address that it goes to.</summary>
    public ContactPoint To => new(Go.Via, Go.Address);
}
