using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

public sealed class FallbackTests
{
    private static readonly string Both = Words.Journey("j", "- id: s\n  send: hello\n  via: [ email, sms ]\n- waitFor: { on: ping, of: s, upTo: 3d }\n- exit: over");

    [Fact]
    public async Task A_message_that_one_channel_refuses_for_good_goes_by_the_next()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.OnSend = _ => world.Fake.Emails.Count > world.Fake.Texts.Count ? SendResult.Rejected("5.1.1", "no such user", addressInvalid: true) : SendResult.Accepted("sms-1");
        var anna = await SentAsync(world);

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, Channel.Sms, 2, "sms-1"), (delivery.State, delivery.SentVia, delivery.Attempts, delivery.ProviderId));
        Assert.Equal((1, 1), (world.Fake.Emails.Count, world.Fake.Texts.Count));
        Assert.Equal(new Refusal(Channel.Email, "fake", world.Now, "fake refused it: 5.1.1 no such user"), Assert.Single(delivery.Refused));
        Assert.StartsWith("SMS by fake; e-mail: fake refused it: 5.1.1 no such user", delivery.Decided, StringComparison.Ordinal);
        Assert.Null(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryFailed, null, null, CancellationToken.None));
        // The walk waits on the message, whatever its channel.
        Assert.Equal("ping", (await world.OneAsync(anna)).WaitsFor);
        Assert.Empty((await world.BooksAsync()).Faults());

        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", null, CancellationToken.None);
        Assert.Contains(told.Sections.SelectMany(section => section.Lines), line => line.Text == "hello did not go by e-mail: fake refused it: 5.1.1 no such user");
    }

    [Fact]
    public async Task Where_every_channel_refuses_it_has_failed_once()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.OnSend = _ => SendResult.Rejected("9", "no");
        var anna = await SentAsync(world);

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Rejected, "fake refused it: 9 no", 2), (delivery.State, delivery.Reason, delivery.Attempts));
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryFailed, null, null, CancellationToken.None));
        Assert.Empty(await world.EnrolmentsAsync(anna));
        Assert.Equal((1, 1), (world.Fake.Emails.Count, world.Fake.Texts.Count));
    }

    [Fact]
    public async Task Where_no_other_channel_reaches_the_customer_it_is_rejected_with_all_the_reasons()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.OnSend = _ => SendResult.Rejected("9", "no");
        var anna = await SentAsync(world, phone: null);

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Rejected, "e-mail: fake refused it: 9 no; SMS: no address"), (delivery.State, delivery.Reason));
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryFailed, null, null, CancellationToken.None));
        Assert.Empty(await world.EnrolmentsAsync(anna));
    }

    [Fact]
    public async Task What_may_have_arrived_goes_by_no_other_channel()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.OnSend = _ => SendResult.Unknown("lost");
        await SentAsync(world);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(DeliveryState.Unknown, (await world.DeliveryAsync()).State);
        Assert.Equal((1, 0), (world.Fake.Emails.Count, world.Fake.Texts.Count));
    }

    [Fact]
    public async Task A_refusal_after_a_try_that_may_have_arrived_ends_it()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.HonoursKey = true;
        world.Fake.OnSend = _ => world.Fake.Emails.Count == 1 ? SendResult.Unknown("lost") : SendResult.Rejected("9", "no");
        await SentAsync(world);
        Assert.True((await world.DeliveryAsync()).Doubtful);
        await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(DeliveryState.Rejected, (await world.DeliveryAsync()).State);
        Assert.Equal((2, 0), (world.Fake.Emails.Count, world.Fake.Texts.Count));
    }

    [Fact]
    public async Task A_message_that_its_service_finds_it_had_refused_goes_by_the_next_channel()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.Has.Add(Capability.SendLookup);
        world.Fake.OnSend = _ => world.Fake.Texts.Count == 0 ? SendResult.Unknown("lost") : SendResult.Accepted("sms-1");
        world.Fake.OnLookUp = _ => SendResult.Rejected("9", "no");
        await SentAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((DeliveryState.Accepted, Channel.Sms), await world.DeliveryAsync() is var sent ? (sent.State, sent.SentVia) : default);
    }

    [Fact]
    public async Task A_process_that_ends_between_the_channels_goes_on_with_the_next()
    {
        await using var world = await World.WithAsync(Both);
        world.Fake.OnSend = _ => world.Fake.Texts.Count == 0 ? SendResult.Rejected("9", "no") : SendResult.Accepted("sms-1");
        await world.CustomerAsync("anna", phone: "+66812345678");
        await world.TellAsync("anna", "order.delivered");
        foreach (var work in (Work[])[Work.Events, Work.Enrolments, Work.Deliveries])
            await world.RunAsync(work);

        await using var other = world.Another("two");
        await other.RunAsync();
        Assert.Equal((1, 1), (world.Fake.Emails.Count, world.Fake.Texts.Count));
        Assert.Equal(DeliveryState.Accepted, (await other.DeliveryAsync()).State);
    }

    private static async Task<Customer> SentAsync(World world, string? phone = "+66812345678")
    {
        var anna = await world.CustomerAsync("anna", phone: phone);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return anna;
    }
}
