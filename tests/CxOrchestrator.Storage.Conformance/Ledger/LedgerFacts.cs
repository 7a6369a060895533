using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What facts about the ledger do.</summary>
public abstract class LedgerFacts : StoreConformance
{
    /// <summary>No connection honours the key.</summary>
    protected static readonly IReadOnlySet<string> NoConnections = new HashSet<string>();

    /// <summary>Stores rows; those that are claimed are node-a's.</summary>
    protected Task PlanAsync(params Delivery[] rows) => Store.Work.CommitAsync(new Effects { Deliveries = rows, Claim = By() }, Go);

    /// <summary>Claims what is due at noon.</summary>
    protected Task<IReadOnlyList<Delivery>> ClaimAsync(Lease? lease = null, int limit = 100, DateTimeOffset? now = null) =>
        Store.Ledger.ClaimDueAsync(lease ?? By(), now ?? Noon, limit, Go);

    /// <summary>Hands rows over by SMS a minute past noon.</summary>
    protected Task<IReadOnlySet<Guid>> HandOverAsync(Lease lease, params Guid[] rows) =>
        Store.Ledger.HandOverAsync(lease, [.. rows.Select(row => new HandOver(row, Channel.Sms, "sms-eu") { To = "+66812345678", Decided = "SMS, 因为" })], Noon.AddMinutes(1), Go);

    /// <summary>A row that node-a has claimed.</summary>
    protected async Task<Delivery> ClaimedAsync()
    {
        await PlanAsync(Some.Delivery());
        return Assert.Single(await ClaimAsync());
    }

    /// <summary>A row that node-a has handed over.</summary>
    protected async Task<Delivery> HandedOverAsync()
    {
        var row = await ClaimedAsync();
        Assert.Single(await HandOverAsync(By(), row.Id));
        return await GetAsync(row.Id);
    }

    /// <summary>Commits outcomes.</summary>
    protected Task CompleteAsync(Lease lease, params DeliveryOutcome[] outcomes) => Store.Ledger.CompleteAsync(lease, outcomes, Go);

    /// <summary>The row as it stands.</summary>
    protected async Task<Delivery> GetAsync(Guid id) => (await Store.Ledger.GetAsync([id], Go))[id];

    /// <summary>An outcome two minutes past noon.</summary>
    protected static DeliveryOutcome Outcome(Delivery row, DeliveryState state) =>
        new() { Id = row.Id, State = state, Reason = "said so", At = Noon.AddMinutes(2) };
}
