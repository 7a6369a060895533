using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Inbound;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

public sealed class LookUpTests
{
    [Fact]
    public async Task A_message_that_the_service_has_is_settled_a_minute_later_with_all_that_belongs_to_it()
    {
        await using var world = await UnknownAsync(Sent.BySms);
        var delivery = await world.DeliveryAsync();
        world.Fake.OnLookUp = _ => SendResult.Accepted("SM1");
        await world.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Empty(world.Fake.Queries);

        await world.PassAsync(TimeSpan.FromSeconds(1));

        var query = Assert.Single(world.Fake.Queries);
        Assert.Equal((delivery.Key, Sent.Number, delivery.HandedOverAt, "Hello Anna"), (query.Key, query.To, query.HandedOverAt, query.Text));
        var settled = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, "SM1"), (settled.State, settled.ProviderId));
        Assert.Equal($"message/{delivery.Key}", Assert.Single(world.Fake.Changes).Key);
        Assert.Single(world.Fake.Texts);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task A_message_that_never_arrived_there_is_sent_again_and_its_try_is_counted()
    {
        await using var world = await UnknownAsync(Sent.BySms);
        world.Fake.OnLookUp = _ => SendResult.Deferred("no such message");
        world.Fake.OnSend = SendResult.Accepted;
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((DeliveryState.Deferred, 1), await world.DeliveryAsync() is var put ? (put.State, put.Attempts) : default);

        await world.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((DeliveryState.Accepted, 2), await world.DeliveryAsync() is var sent ? (sent.State, sent.Attempts) : default);
        Assert.Equal(2, world.Fake.Texts.Count);
    }

    [Fact]
    public async Task A_message_that_was_refused_ends_with_its_reason_and_a_bad_number_is_not_used_again()
    {
        await using var world = await UnknownAsync(Sent.BySms);
        world.Fake.OnLookUp = _ => SendResult.Rejected("21211", "no number", addressInvalid: true);

        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((DeliveryState.Rejected, "fake refused it: 21211 no number"), await world.DeliveryAsync() is var ended ? (ended.State, ended.Reason) : default);
        Assert.Single(await world.Get<IConsentStore>().SuppressedAsync([new ContactPoint(Channel.Sms, Sent.Number)], CancellationToken.None));
    }

    [Fact]
    public async Task A_service_that_can_not_tell_is_asked_ever_more_rarely_for_a_day_and_then_a_person_must()
    {
        await using var world = await UnknownAsync(Sent.ByMail);
        var asked = new List<double>();
        var since = world.Now;
        world.Fake.OnLookUp = _ =>
        {
            asked.Add((world.Now - since).TotalMinutes);
            return asked.Count == 2 ? throw new InvalidOperationException("down") : SendResult.Unknown("not yet");
        };

        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            world.CustomerClock.Advance(TimeSpan.FromMinutes(1));
            world.MachineClock.Advance(TimeSpan.FromMinutes(1));
            await world.RunAsync(Work.LookUps);
        }

        Assert.Equal([1, 5, 15, 60, 240, 720, 1440], asked);
        Assert.Equal(DeliveryState.Unknown, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_service_that_is_out_of_reach_is_asked_when_it_is_back()
    {
        await using var world = await UnknownAsync(Sent.ByMail);
        world.Fake.OnLookUp = _ => SendResult.Accepted("1");
        world.Fake.Accepting = false;
        await world.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(world.Fake.Queries);

        world.Fake.Accepting = true;
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_service_that_can_not_be_asked_is_not()
    {
        await using var world = await UnknownAsync(Sent.ByMail);
        world.Fake.Has.Remove(Capability.SendLookup);

        await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Empty(world.Fake.Queries);
        Assert.Equal(DeliveryState.Unknown, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_asks_leaves_the_row_to_the_next_and_what_both_find_counts_once()
    {
        await using var world = await UnknownAsync(Sent.ByMail);
        var delivery = await world.DeliveryAsync();
        // Taken by a process that is gone now.
        var now = world.Now.AddMinutes(1);
        Assert.Single(await world.Get<ILedger>().TakeUnknownAsync(now, now.AddMinutes(1), 10, CancellationToken.None));
        await using var next = world.Another("two");
        world.Fake.OnLookUp = _ => SendResult.Deferred("not found");
        // Meanwhile the service tells by itself.
        world.Fake.BeforeLookUp = () => world.ToldAsync(world.Fact(ServiceFacts.MessageDelivered, delivery: delivery.Key));

        await next.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(world.Fake.Queries);
        await next.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((DeliveryState.Accepted, 1), (await world.DeliveryAsync() is var settled ? settled.State : default, world.Fake.Emails.Count));
        Assert.Single(world.Fake.Changes);
        await next.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Fake.Queries);
    }

    [Fact]
    public async Task A_message_is_asked_about_by_the_number_that_it_went_to_though_the_customer_has_another_by_now()
    {
        await using var world = await UnknownAsync(Sent.BySms);
        await world.CustomerAsync("anna", phone: "+66899999999");
        world.Fake.OnLookUp = query => query.To == Sent.Number ? SendResult.Accepted("SM1") : SendResult.Deferred("never took it");

        await world.PassAsync(TimeSpan.FromMinutes(1));
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((DeliveryState.Accepted, 1), (await world.DeliveryAsync() is var settled ? settled.State : default, world.Fake.Texts.Count));
    }

    private static async Task<World> UnknownAsync(string journey)
    {
        var (world, _, delivery) = await Sent.Async(journey, unknown: true);
        Assert.Equal(DeliveryState.Unknown, delivery.State);
        world.Fake.Has.Add(Capability.SendLookup);
        return world;
    }
}
