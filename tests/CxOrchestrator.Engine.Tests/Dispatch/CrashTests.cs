using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>A process that ends between any two commits of a hand-over, and what the next one makes of it.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_crash_after_the_claim_plans_the_message_again_and_sends_it_once()
    {
        await using var world = await PlannedAsync();
        await ClaimAsync(world);
        await using var next = world.Another("two");
        await next.RunAsync();
        Assert.Empty(world.Fake.Emails);
        world.MachineClock.Advance(Lease);
        await next.RunAsync();
        Assert.Single(world.Fake.Emails);
        Assert.Equal(DeliveryState.Accepted, (await next.DeliveryAsync()).State);
    }

    [Theory]
    [InlineData(false, DeliveryState.Unknown)]
    [InlineData(true, DeliveryState.Accepted)]
    public async Task A_crash_after_the_hand_over_is_unknown_unless_the_service_honours_the_key(bool honours, DeliveryState state)
    {
        await using var world = await PlannedAsync();
        world.Fake.HonoursKey = honours;
        var (lease, delivery) = await ClaimAsync(world);
        await world.Get<ILedger>().HandOverAsync(
            lease, [new HandOver(delivery.Id, Core.Customers.Channel.Email, FakeConnections.Name)], world.Now, CancellationToken.None);
        await using var next = world.Another("two");
        world.MachineClock.Advance(Lease);
        await next.RunAsync();
        Assert.Equal(state, (await next.DeliveryAsync()).State);
        Assert.Equal(honours ? 1 : 0, world.Fake.Emails.Count);
        Assert.Empty((await next.BooksAsync()).Faults());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_persons_word_settles_what_is_unknown_and_what_arrived_is_written_back_once(bool arrived, int sentAgain)
    {
        await using var world = await PlannedAsync();
        var (lease, delivery) = await ClaimAsync(world);
        await world.Get<ILedger>().HandOverAsync(
            lease, [new HandOver(delivery.Id, Core.Customers.Channel.Email, FakeConnections.Name)], world.Now, CancellationToken.None);
        world.MachineClock.Advance(Lease);
        await world.RunAsync();
        Assert.Equal(DeliveryState.Unknown, (await world.DeliveryAsync()).State);

        var settlement = world.Get<Settlement>();
        Assert.True(await settlement.SettleAsync(delivery.Id, arrived, "Maria", CancellationToken.None));
        Assert.False(await settlement.SettleAsync(delivery.Id, arrived, "Maria", CancellationToken.None));
        Assert.False(await settlement.SettleAsync(Guid.Empty, arrived, "Maria", CancellationToken.None));
        await world.RunAsync();
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
        Assert.Equal(sentAgain, world.Fake.Emails.Count);
        Assert.Single(world.Fake.Changes, change => change.Key == $"message/{delivery.Key}");
    }

    [Fact]
    public async Task A_connection_that_cannot_be_asked_just_now_is_remembered_for_what_it_said()
    {
        await using var world = await PlannedAsync();
        world.Fake.HonoursKey = true;
        await world.RunAsync(Work.Recovery);
        var (lease, delivery) = await ClaimAsync(world);
        await world.Get<ILedger>().HandOverAsync(
            lease, [new HandOver(delivery.Id, Core.Customers.Channel.Email, FakeConnections.Name)], world.Now, CancellationToken.None);
        world.Fake.Guard = _ => ("quarantined", TimeSpan.FromMinutes(15));
        world.MachineClock.Advance(Lease);
        await using var next = world.Another("two");
        await next.RunAsync(Work.Recovery);
        Assert.Equal(DeliveryState.Deferred, (await next.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_single_process_takes_over_at_once_when_it_starts_again()
    {
        await using var world = await PlannedAsync();
        await ClaimAsync(world);
        await using var next = world.Another("two");
        await next.Get<NodeHeart>().RegisterAsync(CancellationToken.None);
        await next.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_sends_nothing_of_what_it_had_claimed()
    {
        await using var world = await PlannedAsync();
        var (lease, delivery) = await ClaimAsync(world);
        await using var next = world.Another("two");
        world.MachineClock.Advance(Lease);
        await next.RunAsync();
        var late = lease with { Now = world.MachineClock.GetUtcNow() };
        var held = await world.Get<ILedger>().HandOverAsync(
            late, [new HandOver(delivery.Id, Core.Customers.Channel.Email, FakeConnections.Name)], world.Now, CancellationToken.None);
        Assert.Empty(held);
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task Two_nodes_on_one_store_send_nothing_twice()
    {
        await using var one = await World.WithAsync(Words.Journey("j", "- send: hello", more: "reentry: always"));
        await one.CustomerAsync("anna");
        for (var number = 0; number < 300; number++)
            await one.TellAsync("anna", "order.delivered");
        await using var two = one.Another("two");
        one.Fake.OnSend = key => SendResult.Accepted(key);

        var rounds = 0;
        while ((await one.BooksAsync()).Deliveries.GetValueOrDefault(DeliveryState.Accepted) < 300)
        {
            Assert.True(++rounds < 200, "The two nodes do not come to an end.");
            await Task.WhenAll(Enum.GetValues<Work>().SelectMany(work => new[] { one.RunAsync(work), two.RunAsync(work) }));
        }

        Assert.Equal(300, one.Fake.Emails.Count);
        Assert.Equal(300, one.Fake.Emails.Select(email => email.Key).Distinct().Count());
        await one.RunAsync();
        var books = await one.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal(300, books.EnrolmentsByEvent);
        Assert.Equal(300, one.Fake.Changes.Count);
    }

    private static async Task<World> PlannedAsync()
    {
        var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        return world;
    }

    private static async Task<(Lease Lease, Delivery Delivery)> ClaimAsync(World world)
    {
        var lease = world.Get<EngineNode>().Lease(Lease);
        return (lease, Assert.Single(await world.Get<ILedger>().ClaimDueAsync(lease, world.Now, 10, CancellationToken.None)));
    }
}
