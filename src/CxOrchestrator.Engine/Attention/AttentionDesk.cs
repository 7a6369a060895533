using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;

namespace CxOrchestrator.Engine.Attention;

/// <summary>Opens the bidding for room in customers' attention budgets, and frees room that was promised and not used.</summary>
internal sealed class AttentionDesk(IAttentionStore store, JourneyStates states, CoreSettings settings)
{
    private readonly AttentionBudget _budget = settings.Attention;

    /// <summary>The bidding among claimed deliveries and all others that are due for the same customers.</summary>
    public async Task<Bidding> OpenAsync(IReadOnlyList<Delivery> claimed, DateTimeOffset now)
    {
        var customers = claimed.Where(one => _budget.Covers(one.Purpose)).Select(one => one.CustomerId).Distinct().ToList();
        return customers.Count == 0
            ? Bidding.None
            : new Bidding(_budget, claimed, await store.ReadAsync(customers, _budget, now, CancellationToken.None), bid => states.Still(bid.Journey) is null, now);
    }

    /// <summary>The room that a hand-over needs; null where it needs none.</summary>
    public AttentionClaim? ClaimOf(Delivery delivery) => _budget.Covers(delivery.Purpose) ? new AttentionClaim(delivery.CustomerId, _budget) : null;

    /// <summary>An outcome, with what it means to others who were told to wait: a message that has ended without reaching the customer takes no room.</summary>
    public DeliveryOutcome Freeing(Delivery delivery, DeliveryOutcome outcome) =>
        outcome.State is DeliveryState.Rejected or DeliveryState.Suppressed or DeliveryState.Expired && _budget.Covers(delivery.Purpose) && !delivery.Doubtful
            ? outcome with { Effects = outcome.Effects with { Freed = [.. outcome.Effects.Freed, new RoomFreed(delivery.CustomerId, outcome.At)] } }
            : outcome;
}
