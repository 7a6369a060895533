using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>What a message does whose service took it and tells later that it did not arrive.</summary>
public sealed class LateFallbackTests
{
    private const string Number = "+66812345678";
    private const string Undelivered = """{ "code": "30006", "text": "landline or unreachable carrier" }""";

    private static readonly string Both = Words.Journey("j", "- id: s\n  send: hello\n  via: [ sms, email ]\n  expires: 5d\n- waitFor: { on: ping, of: s, upTo: 3d }\n- exit: over");

    [Fact]
    public async Task It_goes_by_the_next_channel_once_however_often_that_is_told() => await GoesOnceAsync(await World.WithAsync(Both));

    [SkippableFact]
    public async Task It_goes_by_the_next_channel_once_on_postgresql()
    {
        Needs.Postgres();
        await GoesOnceAsync(await World.OnPostgresAsync(Both));
    }

    [Fact]
    public async Task Where_the_next_channel_fails_too_the_message_has_failed_and_the_wait_is_over()
    {
        var (world, anna, sent) = await SentAsync(Both);
        await using var _ = world;
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.1.1", "text": "no such user" }""", sent.Key, "anna@example.test"));

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, Engagement.Failed, Channel.Email), (delivery.State, delivery.Engagement, delivery.SentVia));
        Assert.NotNull(await FailedAsync(world, anna));
        Assert.Empty(await world.EnrolmentsAsync(anna));
        Assert.Equal((1, 1), (world.Fake.Texts.Count, world.Fake.Emails.Count));
    }

    [Fact]
    public async Task Where_no_other_channel_reaches_the_customer_it_is_rejected_with_all_the_reasons()
    {
        var (world, anna, sent) = await SentAsync(Both, email: null);
        await using var _ = world;
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));

        var delivery = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Rejected, delivery.State);
        Assert.Contains("SMS: fake told that it did not arrive: 30006", delivery.Reason, StringComparison.Ordinal);
        Assert.Contains("e-mail: no address", delivery.Reason, StringComparison.Ordinal);
        Assert.NotNull(await FailedAsync(world, anna));
        Assert.Empty(await world.EnrolmentsAsync(anna));
    }

    [Theory]
    [InlineData("""{ "code": "4.4.7", "text": "given up after five days" }""")]
    [InlineData("""{ "code": "4.2.2" }""")]
    public async Task What_may_have_arrived_after_all_goes_by_no_other_channel(string data)
    {
        var (world, anna, sent) = await SentAsync(Both);
        await using var _ = world;
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, data, sent.Key));
        await StaysAsync(world, anna);
    }

    [Fact]
    public async Task What_is_told_after_it_expired_or_had_arrived_sends_nothing_more()
    {
        var (late, anna, sent) = await SentAsync(Both);
        await using var _ = late;
        await late.PassAsync(TimeSpan.FromDays(5));
        await late.ToldAsync(late.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));
        await StaysAsync(late, anna);

        var (world, _, delivery) = await SentAsync(Both);
        await using var __ = world;
        await world.ToldAsync(world.Fact(ServiceFacts.MessageDelivered, delivery: delivery.Key));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, delivery.Key));
        Assert.Equal((DeliveryState.Accepted, Engagement.Delivered), await world.DeliveryAsync() is var stays ? (stays.State, stays.Engagement) : default);
        Assert.Empty(world.Fake.Emails);
    }

    [Fact]
    public async Task A_message_that_was_handed_over_twice_by_its_channel_stays_because_nobody_knows_which_try_is_meant()
    {
        var world = await World.WithAsync(Both);
        await using var _ = world;
        world.Fake.OnSend = _ => world.Fake.Calls == 1 ? SendResult.Unknown("lost") : SendResult.Accepted("sms-2");
        var anna = await world.CustomerAsync("anna", phone: Number);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var sent = await world.DeliveryAsync();
        await world.Get<Engine.Dispatch.Settlement>().SettleAsync(sent.Id, arrived: false, "Kim", CancellationToken.None);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((DeliveryState.Accepted, 2), await world.DeliveryAsync() is var twice ? (twice.State, twice.Attempts) : default);

        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));
        Assert.Empty(world.Fake.Emails);
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
        Assert.NotNull(await FailedAsync(world, anna));
    }

    [Fact]
    public async Task A_delivery_told_before_the_next_channel_took_its_turn_keeps_it_from_going()
    {
        var (world, _, sent) = await SentAsync(Both);
        await using var __ = world;
        world.Fake.Accepting = false;
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));
        Assert.Equal(DeliveryState.Deferred, (await world.DeliveryAsync()).State);
        await world.ToldAsync(world.Fact(ServiceFacts.MessageDelivered, delivery: sent.Key));
        world.Fake.Accepting = true;
        await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal((DeliveryState.Accepted, 0), ((await world.DeliveryAsync()).State, world.Fake.Emails.Count));
    }

    [Fact]
    public async Task Whoever_left_the_journey_or_withdrew_gets_it_by_no_other_channel()
    {
        var (world, _, sent) = await SentAsync(Words.Journey("j", "- id: s\n  send: hello\n  via: [ sms, email ]\n- wait: 9d", more: "exit: [ { on: order.returned } ]"));
        await using var __ = world;
        await world.TellAsync("anna", "order.returned");
        await world.RunAsync();
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key));
        Assert.Empty(world.Fake.Emails);
        Assert.Equal(DeliveryState.Suppressed, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_process_that_ends_after_it_was_told_leaves_the_rest_to_the_next()
    {
        var (world, _, sent) = await SentAsync(Both);
        await using var __ = world;
        await world.Get<IConnectorIntake>().AcceptAsync(FakeConnections.Name, [world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key)], CancellationToken.None);
        await world.RunAsync(Engine.Running.Work.Events);
        Assert.Equal((DeliveryState.Deferred, 0), ((await world.DeliveryAsync()).State, world.Fake.Emails.Count));

        await using var other = world.Another("two");
        await other.RunAsync();
        Assert.Equal((DeliveryState.Accepted, 1), ((await other.DeliveryAsync()).State, world.Fake.Emails.Count));
    }

    private static async Task GoesOnceAsync(World begun)
    {
        var (world, anna, sent) = await SentAsync(begun);
        await using var _ = world;
        Assert.Equal((DeliveryState.Accepted, Channel.Sms, 1), (sent.State, sent.SentVia, sent.Attempts));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        await world.ToldAsync(
            world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key, Number), world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key, Number));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key, Number));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, Undelivered, sent.Key, Number));

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, Channel.Email, 2, Engagement.None), (delivery.State, delivery.SentVia, delivery.Attempts, delivery.Engagement));
        Assert.Equal((1, 1), (world.Fake.Texts.Count, world.Fake.Emails.Count));
        Assert.Equal((Channel.Sms, "fake told that it did not arrive: 30006 landline or unreachable carrier"), Assert.Single(delivery.Refused) is var refusal ? (refusal.Channel, refusal.Reason) : default);
        Assert.Null(await FailedAsync(world, anna));
        // The walk goes on waiting on the message, whatever its channel; and the CRM hears of both tries.
        Assert.Equal("ping", (await world.OneAsync(anna)).WaitsFor);
        Assert.Equal([$"message/{sent.Key}", $"message/{sent.Key}/email"], world.Fake.Changes.Select(change => change.Key).Order(StringComparer.Ordinal));
        Assert.Empty((await world.BooksAsync()).Faults());
        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", null, CancellationToken.None);
        Assert.Contains(told.Sections.SelectMany(section => section.Lines), line => line.Text == "hello did not go by SMS: fake told that it did not arrive: 30006 landline or unreachable carrier");
    }

    private static async Task StaysAsync(World world, Customer anna)
    {
        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, Engagement.Failed, Channel.Sms), (delivery.State, delivery.Engagement, delivery.SentVia));
        Assert.Empty(world.Fake.Emails);
        Assert.NotNull(await FailedAsync(world, anna));
    }

    private static Task<CustomerEvent?> FailedAsync(World world, Customer anna) =>
        world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryFailed, null, null, CancellationToken.None);

    private static async Task<(World World, Customer Anna, Delivery Delivery)> SentAsync(string journey, string? email = "auto") => await SentAsync(await World.WithAsync(journey), email);

    private static async Task<(World World, Customer Anna, Delivery Delivery)> SentAsync(World world, string? email = "auto")
    {
        var anna = await world.CustomerAsync("anna", email: email, phone: Number);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return (world, anna, await world.DeliveryAsync());
    }
}
