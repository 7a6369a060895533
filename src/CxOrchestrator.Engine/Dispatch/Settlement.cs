using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Takes a person's word on a delivery whose outcome nobody else can know.</summary>
public sealed class Settlement(ILedger ledger, Clocks clocks)
{
    /// <summary>Settles it: what arrived is written back like any other message, what did not is sent again. False where it isn't unknown.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="arrived">Whether the customer has it.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> SettleAsync(Guid id, bool arrived, string by, CancellationToken cancellation)
    {
        if (!(await ledger.GetAsync([id], cancellation)).TryGetValue(id, out var delivery))
            return false;
        var now = clocks.Now;
        var outcome = new DeliveryOutcome
        {
            Id = id,
            State = arrived ? DeliveryState.Accepted : DeliveryState.Deferred,
            Reason = arrived ? $"settled by {by}: it arrived" : $"settled by {by}: to be sent again",
            At = now,
            DueAt = arrived ? null : now,
            Effects = arrived && delivery.SentVia is { } via ? Outcomes.OfArrival(delivery, via, now) : Effects.None,
        };
        return await ledger.SettleAsync(outcome, cancellation);
    }
}
