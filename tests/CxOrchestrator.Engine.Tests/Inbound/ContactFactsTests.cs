using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Inbound;

public sealed class ContactFactsTests
{
    private static readonly ContactPoint Phone = new(Channel.Sms, Sent.Number);

    [Fact]
    public async Task STOP_withdraws_consent_on_the_channel_takes_the_number_out_of_use_and_is_told_to_the_crm()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, """{ "channel": "sms", "text": "STOP" }""", address: "+66 81-234 5678"));
        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, """{ "channel": "sms", "text": "STOP" }""", address: Sent.Number));

        var said = await InForceAsync(world, anna);
        Assert.Equal(
            [(Channel.Sms, Purpose.Feedback, ConsentState.Withdrawn), (Channel.Sms, Purpose.Marketing, ConsentState.Withdrawn)],
            said.Select(one => (one.Channel, one.Purpose, one.State)));
        Assert.All(said, one => Assert.Equal(("customer", "opted out by SMS (\"STOP\"), told by fake"), (one.By, one.How)));
        Assert.True(await IsSuppressedAsync(world, Phone));
        Assert.Equal(2, world.Fake.Changes.Count(change => change.Kind == CrmChangeKind.Consent));
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.ConsentWithdrawn, null, DateTimeOffset.MinValue, CancellationToken.None));
        // Even what belongs to an order isn't sent to a number that the carrier has closed.
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Single(world.Fake.Texts);
    }

    [Fact]
    public async Task START_takes_it_back()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;
        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, address: Sent.Number));
        await world.PassAsync(TimeSpan.FromHours(1));

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedIn, """{ "text": "START" }""", address: Sent.Number));

        Assert.All(await InForceAsync(world, anna), one => Assert.Equal(ConsentState.Given, one.State));
        Assert.False(await IsSuppressedAsync(world, Phone));
    }

    [Fact]
    public async Task A_YES_to_a_question_agrees_to_no_advertising_that_nobody_had_asked_about()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedIn, """{ "text": "YES" }""", address: Sent.Number));

        Assert.Equal(Purpose.Feedback, Assert.Single(await InForceAsync(world, anna)).Purpose);
    }

    [Fact]
    public async Task START_does_not_take_back_what_was_refused_elsewhere()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;
        var refused = new ConsentRecord(anna.Id, Channel.Sms, Purpose.Marketing, ConsentState.Withdrawn, "customer", "on the preference page", world.Now);
        await world.Get<IWork>().CommitAsync(new Effects { Consents = [refused] }, CancellationToken.None);
        await world.PassAsync(TimeSpan.FromHours(1));

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedIn, """{ "text": "START" }""", address: Sent.Number));

        Assert.Equal(ConsentState.Withdrawn, Assert.Single(await InForceAsync(world, anna), one => one.Purpose == Purpose.Marketing).State);
    }

    [Fact]
    public async Task What_was_said_later_stands_in_whatever_order_it_is_told()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;
        var stop = world.Fact(ServiceFacts.ContactOptedOut, address: Sent.Number);
        await world.PassAsync(TimeSpan.FromHours(1));
        var start = world.Fact(ServiceFacts.ContactOptedIn, address: Sent.Number);

        await world.ToldAsync(start);
        await world.ToldAsync(stop);

        Assert.All(await InForceAsync(world, anna), one => Assert.Equal(ConsentState.Given, one.State));
        Assert.False(await IsSuppressedAsync(world, Phone));
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_over_there_does_not_outrank_what_is_said_here_later()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedIn, address: Sent.Number) with { Time = world.Now.AddHours(20) });
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, address: Sent.Number));

        Assert.All(await InForceAsync(world, anna), one => Assert.Equal(ConsentState.Withdrawn, one.State));
    }

    [Fact]
    public async Task A_complaint_withdraws_consent_and_takes_the_address_out_of_use_for_good()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.ContactComplained, """{ "channel": "email" }""", delivery.Key));
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedIn, """{ "channel": "email" }""", address: "anna@example.test"));

        Assert.All(await InForceAsync(world, anna), one => Assert.Equal((Channel.Email, ConsentState.Given), (one.Channel, one.State)));
        Assert.True(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "anna@example.test")));
    }

    [Fact]
    public async Task An_opt_out_by_mail_leaves_the_messages_that_belong_to_orders()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, delivery: delivery.Key));
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        Assert.Equal(2, (await InForceAsync(world, anna)).Count);
        Assert.False(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "anna@example.test")));
    }

    [Fact]
    public async Task Everybody_who_has_the_number_is_left_alone()
    {
        var (world, anna, _) = await Sent.Async(Sent.BySms);
        await using var __ = world;
        var ben = await world.CustomerAsync("ben", phone: Sent.Number);

        await world.ToldAsync(world.Fact(ServiceFacts.ContactOptedOut, address: Sent.Number));

        foreach (var person in new[] { anna, ben })
            Assert.Equal(2, (await InForceAsync(world, person)).Count(one => one.State == ConsentState.Withdrawn));
    }

    [Fact]
    public async Task Somebody_who_becomes_known_between_the_call_and_its_decision_is_recognised_by_the_address()
    {
        await using var world = await World.WithAsync();
        await world.Get<IConnectorIntake>().AcceptAsync(
            FakeConnections.Name, [world.Fact(ServiceFacts.ContactOptedOut, address: Sent.Number)], CancellationToken.None);
        var anna = await world.CustomerAsync("anna", phone: Sent.Number);

        await world.RunAsync();

        Assert.Equal(2, (await InForceAsync(world, anna)).Count);
    }

    private static async Task<IReadOnlyList<ConsentRecord>> InForceAsync(World world, Customer customer) =>
        await world.Get<IConsentStore>().InForceAsync([customer.Id], CancellationToken.None);

    private static async Task<bool> IsSuppressedAsync(World world, ContactPoint point) =>
        (await world.Get<IConsentStore>().SuppressedAsync([point], CancellationToken.None)).Count > 0;
}
