using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Inbound;

public sealed class MessageFactsTests
{
    private const string Ask = """
        - survey: nps
          message: ask
          id: ask
        - waitFor: { on: survey.answered, of: ask, upTo: 5d }
          otherwise: [ { exit: nobody answered } ]
        - exit: answered
        """;

    [Fact]
    public async Task Receipts_stand_beside_the_ledger_row_and_never_fall_whatever_order_they_come_in()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;
        var twice = world.Fact(ServiceFacts.MessageRead, delivery: delivery.Key, id: "r1");

        await world.ToldAsync(twice, world.Fact(ServiceFacts.MessageDelivered, delivery: delivery.Key), world.Fact(ServiceFacts.MessageDelayed, delivery: delivery.Key));
        var again = await world.ToldAsync(twice);

        Assert.Equal(IntakeOutcome.Duplicate, Assert.Single(again).Outcome);
        Assert.Equal((DeliveryState.Accepted, Engagement.Read), await StandsAsync(world));
        Assert.Contains("hello: it was read", await world.TimelineAsync(anna), StringComparison.Ordinal);
        Assert.Single(world.Fake.Changes);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Theory]
    [InlineData(ServiceFacts.MessageSent)]
    [InlineData(ServiceFacts.MessageDelivered)]
    [InlineData(ServiceFacts.MessageDelayed)]
    [InlineData(ServiceFacts.MessageReplied)]
    public async Task An_unknown_message_that_the_service_turns_out_to_have_is_accepted_with_all_that_belongs_to_it(string fact)
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail, unknown: true);
        await using var _ = world;
        Assert.Equal(DeliveryState.Unknown, delivery.State);
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(world.Fake.Changes);

        await world.ToldAsync(world.Fact(fact, delivery: delivery.Key));
        await world.ToldAsync(world.Fact(fact, delivery: delivery.Key));

        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
        Assert.Equal($"message/{delivery.Key}", Assert.Single(world.Fake.Changes).Key);
        Assert.NotNull(await EventAsync(world, anna, EventTypes.DeliveryAccepted, delivery.Id));
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task An_unknown_message_that_the_service_could_not_bring_is_rejected()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail, unknown: true);
        await using var _ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.2.2", "text": "mailbox full" }""", delivery.Key));

        Assert.Equal((DeliveryState.Rejected, Engagement.Failed), await StandsAsync(world));
        Assert.Contains("5.2.2 mailbox full", (await world.DeliveryAsync()).Reason, StringComparison.Ordinal);
        Assert.NotNull(await EventAsync(world, anna, EventTypes.DeliveryFailed, delivery.Id));
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_bounce_of_an_accepted_message_ends_the_wait_for_what_it_would_have_brought()
    {
        var (world, anna, delivery) = await Sent.Async(Words.Journey("j", Ask, purpose: "feedback"));
        await using var _ = world;
        var walk = await world.OneAsync(anna);
        await world.PassAsync(TimeSpan.FromHours(1));

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.1.1", "text": "no such user" }""", delivery.Key));

        Assert.Equal((DeliveryState.Accepted, Engagement.Failed), await StandsAsync(world));
        Assert.Equal("nobody answered", (await world.EnrolmentAsync(walk.Id)).Reason);
        var failed = await EventAsync(world, anna, EventTypes.DeliveryFailed, delivery.Id);
        Assert.Contains("no such user", failed!.Data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_that_waits_for_the_failure_itself_is_woken_by_it_once()
    {
        var (world, anna, delivery) = await Sent.Async(Words.Journey(
            "j", "- send: hello\n  id: first\n- waitFor: { on: message.failed, of: first, upTo: 5d }\n  otherwise: [ { exit: fine } ]\n- exit: failed"));
        await using var _ = world;
        var walk = await world.OneAsync(anna);

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "4.4.7", "text": "expired" }""", delivery.Key));

        Assert.Equal("failed", (await world.EnrolmentAsync(walk.Id)).Reason);
    }

    [Theory]
    [InlineData("""{ "code": "5.1.1" }""", true)]
    [InlineData("""{ "code": "5.7.1", "text": "policy" }""", false)]
    [InlineData("""{ "code": "30005", "addressInvalid": true }""", true)]
    [InlineData("""{ "code": "5.1.1", "addressInvalid": false }""", false)]
    [InlineData("""{ "code": "4.2.2", "addressInvalid": true }""", false)]
    [InlineData("""{ "code": 17, "text": [ "odd" ], "addressInvalid": "yes" }""", false)]
    public async Task An_address_that_is_bad_for_good_is_not_used_again(string data, bool suppressed)
    {
        var (world, _, delivery) = await Sent.Async(Sent.ByMail);
        await using var __ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, data, delivery.Key));

        Assert.Equal(suppressed, await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "anna@example.test")));
    }

    [Fact]
    public async Task The_address_that_the_service_names_is_the_one_that_is_not_used_again()
    {
        var (world, _, delivery) = await Sent.Async(Sent.ByMail);
        await using var __ = world;
        await world.CustomerAsync("anna", email: "new@example.test");

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "addressInvalid": true }""", delivery.Key, " Anna@Example.test"));

        Assert.True(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "anna@example.test")));
        Assert.False(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "new@example.test")));
    }

    [Fact]
    public async Task Where_the_service_names_no_address_it_is_the_one_that_the_message_went_to()
    {
        var (world, _, delivery) = await Sent.Async(Sent.ByMail);
        await using var __ = world;
        await world.CustomerAsync("anna", email: "new@example.test");

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.1.1" }""", delivery.Key));

        Assert.True(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "anna@example.test")));
        Assert.False(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "new@example.test")));
    }

    [Theory]
    [InlineData(ServiceFacts.MessageFailed)]
    [InlineData(ServiceFacts.ContactComplained)]
    public async Task Whoever_has_one_message_of_ours_can_have_no_other_address_taken_out_of_use(string type)
    {
        var (world, _, delivery) = await Sent.Async(Sent.ByMail);
        await using var __ = world;
        var ben = await world.CustomerAsync("ben", email: "ben@example.test");

        await world.ToldAsync(world.Fact(type, """{ "code": "5.1.1", "addressInvalid": true, "channel": "email" }""", delivery.Key, "ben@example.test"));

        Assert.False(await IsSuppressedAsync(world, new ContactPoint(Channel.Email, "ben@example.test")));
        Assert.Empty(await world.Get<IConsentStore>().InForceAsync([ben.Id], CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_was_delivered_has_not_failed_whatever_comes_after()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;

        await world.ToldAsync(world.Fact(ServiceFacts.MessageDelivered, delivery: delivery.Key));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.0.0" }""", delivery.Key));

        Assert.Equal((DeliveryState.Accepted, Engagement.Delivered), await StandsAsync(world));
        Assert.Null(await EventAsync(world, anna, EventTypes.DeliveryFailed, delivery.Id));
    }

    [Fact]
    public async Task A_reply_stands_on_the_timeline_and_may_begin_a_journey()
    {
        var (world, anna, _) = await Sent.Async(Sent.ByMail);
        await using var __ = world;
        await world.PublishAsync(Words.Journey("thanks", "- send: hello", "{ on: message.replied, when: event.data.text == \"Danke\" }"));

        await world.ToldAsync(world.Fact(ServiceFacts.MessageReplied, """{ "text": "Danke", "channel": "email" }""", address: "ANNA@example.test"));

        Assert.Equal(2, world.Fake.Emails.Count);
        Assert.Contains("Danke", await world.TimelineAsync(anna), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_types_from_another_source_are_refused_or_change_nothing()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail, unknown: true);
        await using var _ = world;
        var forged = new IncomingEvent("shop", "x1", ServiceFacts.MessageDelivered, "anna", world.Now, default) { DeliveryId = delivery.Id };
        Assert.Contains("is not known", Assert.Single(await world.Get<IEventIntake>().AcceptAsync([forged], false, CancellationToken.None)).Reason, StringComparison.Ordinal);

        await world.PublishAsync(Words.Journey("k", "- send: hello", "{ on: message.delivered }"));
        Assert.Equal(IntakeOutcome.Stored, Assert.Single(await world.Get<IEventIntake>().AcceptAsync([forged], false, CancellationToken.None)).Outcome);
        await world.RunAsync();

        Assert.Contains(await world.DeliveriesAsync(), one => one.Id == delivery.Id && one.State == DeliveryState.Unknown);
        Assert.NotNull(anna);
    }

    [Fact]
    public async Task Facts_that_name_nothing_of_ours_are_kept_and_harm_nothing()
    {
        await using var world = await World.WithAsync();
        string[] types = [ServiceFacts.MessageDelivered, ServiceFacts.MessageFailed, ServiceFacts.ContactOptedOut, ServiceFacts.TicketChanged, ServiceFacts.CrmChanged];

        var results = await world.ToldAsync([.. types.SelectMany(type => new[]
        {
            world.Fact(type), world.Fact(type, "[]"), world.Fact(type, """{ "channel": 7 }""", Guid.Empty.ToString("N"), "nobody@example.test", "strange"),
        })]);

        Assert.Equal(types.Length, results.Count(result => result.Outcome == IntakeOutcome.Refused));
        Assert.Equal(0, (await world.BooksAsync()).EventsWaiting);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    private static async Task<(DeliveryState, Engagement)> StandsAsync(World world) =>
        await world.DeliveryAsync() is var delivery ? (delivery.State, delivery.Engagement) : default;

    private static Task<CustomerEvent?> EventAsync(World world, Customer customer, string type, Guid delivery) =>
        world.Get<IEventStore>().FindAsync(customer.Id, type, delivery, null, CancellationToken.None);

    private static async Task<bool> IsSuppressedAsync(World world, ContactPoint point) =>
        (await world.Get<IConsentStore>().SuppressedAsync([point], CancellationToken.None)).Count > 0;
}
