using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Links;

namespace CxOrchestrator.Core.Consent;

/// <summary>What somebody finds who opens an unsubscribe link.</summary>
/// <param name="Customer">The customer; null where the record is gone, and with it all messages.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="State">What is in force.</param>
public sealed record UnsubscribeVisit(Customer? Customer, Channel Channel, Purpose Purpose, ConsentState State);

/// <summary>
/// Withdraws consent by the link that every message carries, and gives it back. Asked twice, it does the same once: the change is stored with its
/// event and its write-back in one transaction, under keys made of what was in force before.
/// </summary>
public sealed class UnsubscribeDesk(ICustomerStore customers, IConsentStore consents, IWork work, CustomerLinks links, Clocks clocks)
{
    /// <summary>What somebody finds who opens the link; null where it is not one of ours. Reads only.</summary>
    public async Task<UnsubscribeVisit?> OpenAsync(string token, CancellationToken cancellation) =>
        await FindAsync(token, cancellation) is { } found ? found.Visit : null;

    /// <summary>Withdraws consent; null where the link is not one of ours.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="how">How it was said: <c>one-click unsubscribe</c> or <c>unsubscribe page</c>.</param>
    /// <param name="cancellation">Ends the work.</param>
    public Task<UnsubscribeVisit?> WithdrawAsync(string token, string how, CancellationToken cancellation) =>
        ChangeAsync(token, ConsentState.Withdrawn, how, cancellation);

    /// <summary>Gives the consent that was withdrawn by mistake; null where the link is not one of ours.</summary>
    public Task<UnsubscribeVisit?> RestoreAsync(string token, string how, CancellationToken cancellation) =>
        ChangeAsync(token, ConsentState.Given, how, cancellation);

    private async Task<UnsubscribeVisit?> ChangeAsync(string token, ConsentState state, string how, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } found)
            return null;
        var visit = found.Visit;
        if (visit.Customer is not null && visit.State != state)
            await work.CommitAsync(EffectsOf(visit.Customer, found.Before, visit with { State = state }, how), cancellation);
        return visit with { State = state };
    }

    private async Task<(UnsubscribeVisit Visit, ConsentRecord? Before)?> FindAsync(string token, CancellationToken cancellation)
    {
        if (links.OpenUnsubscribe(token) is not { } about || !Enum.IsDefined(about.Channel) || !Enum.IsDefined(about.Purpose))
            return null;
        var known = await customers.GetAsync([about.CustomerId], cancellation);
        var inForce = await consents.InForceAsync([about.CustomerId], cancellation);
        var before = inForce.FirstOrDefault(record => record.Channel == about.Channel && record.Purpose == about.Purpose);
        var visit = new UnsubscribeVisit(
            known.GetValueOrDefault(about.CustomerId), about.Channel, about.Purpose, before?.State ?? ConsentState.Unknown);
        return (visit, before);
    }

    private Effects EffectsOf(Customer customer, ConsentRecord? before, UnsubscribeVisit visit, string how)
    {
        var now = clocks.Now;
        return ConsentEffects.Of(new ConsentRecord(customer.Id, visit.Channel, visit.Purpose, visit.State, "customer", how, now), before, now);
    }
}
