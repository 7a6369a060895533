using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What <see cref="ISendingFactStore"/> promises.</summary>
public abstract class SendingFactsConformance : StoreConformance
{
    [SkippableFact]
    public async Task All_that_is_known_of_the_customers_and_enrolments_of_deliveries_is_read()
    {
        var (anna, walk) = await WalkingAsync("anna");
        var (ben, _) = await WalkingAsync("ben");
        await Store.Consents.RecordAsync(
            [
                Said(anna, Channel.Email, Purpose.Marketing, ConsentState.Given, Noon.AddDays(-2)), Said(anna, Channel.Email, Purpose.Marketing, ConsentState.Withdrawn, Noon),
                Said(anna, Channel.Sms, Purpose.Feedback, ConsentState.Given, Noon), Said(ben, Channel.Email, Purpose.Marketing, ConsentState.Given, Noon),
            ],
            Go);

        var facts = await Store.SendingFacts.ReadAsync([Some.Delivery(walk), Some.Delivery(walk)], Go);

        var known = (await Store.Customers.GetAsync([anna], Go))[anna];
        Same(known with { ExternalIds = [] }, Assert.Single(facts.Customers).Value);
        Same((await Store.Enrolments.GetAsync([walk.Id], Go))[walk.Id], Assert.Single(facts.Enrolments).Value);
        Assert.Equal(2, facts.Consents.Count);
        Assert.Equal(ConsentState.Withdrawn, facts.ConsentOf(known, Channel.Email, Purpose.Marketing)!.State);
        Assert.Equal((ConsentState.Given, "by", "how"), facts.ConsentOf(known, Channel.Sms, Purpose.Feedback) is { } said ? (said.State, said.By, said.How) : default);
        Assert.Null(facts.ConsentOf(known, Channel.Email, Purpose.Service));
        Assert.Empty(facts.Suppressed);
    }

    [SkippableFact]
    public async Task Of_suppressed_addresses_those_are_given_that_the_customers_have()
    {
        var (anna, walk) = await WalkingAsync("anna");
        ContactPoint[] bad = [new(Channel.Email, "anna@example.com"), new(Channel.Sms, "anna@example.com"), new(Channel.Email, "ben@example.com")];
        await Store.Work.CommitAsync(new Effects { Suppressions = [.. bad.Select(point => new Suppression(point, "bounced", Noon))] }, Go);

        var facts = await Store.SendingFacts.ReadAsync([Some.Delivery(walk)], Go);

        Assert.Equal([bad[0]], facts.Suppressed);
        Assert.True(facts.IsSuppressed(Channel.Email, "anna@example.com"));
        Assert.False(facts.IsSuppressed(Channel.Sms, "+66812345678"));
        Assert.Equal([new ContactPoint(Channel.Email, "anna@example.com"), new ContactPoint(Channel.Sms, "+66812345678")], facts.Customers[anna].ContactPoints);
    }

    [SkippableFact]
    public async Task Who_is_gone_is_left_out()
    {
        var facts = await Store.SendingFacts.ReadAsync([Some.Delivery(), Some.Delivery()], Go);

        Assert.Empty(facts.Customers);
        Assert.Empty(facts.Enrolments);
        Assert.Empty((await Store.SendingFacts.ReadAsync([], Go)).Customers);
    }

    private static ConsentRecord Said(Guid customer, Channel channel, Purpose purpose, ConsentState state, DateTimeOffset at) =>
        new(customer, channel, purpose, state, "by", "how", at);

    private async Task<(Guid Customer, Enrolment Walk)> WalkingAsync(string name)
    {
        var draft = Some.Draft(name) with { ContactPoints = [new(Channel.Email, $"{name}@example.com"), new(Channel.Sms, "+66812345678")] };
        var customer = (await Store.Customers.UpsertAsync([draft], Noon, Go))[0].Id;
        var walk = Some.Enrolment(customer) with { Context = new EnrolmentContext { Event = Json.Parse("""{"type":"order.delivered","data":{"total":1}}""") } };
        await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(walk, null)] }, Go);
        return (customer, walk);
    }
}
