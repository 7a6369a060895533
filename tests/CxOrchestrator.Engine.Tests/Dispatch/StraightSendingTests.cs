using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Engine.Walking;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>Messages that go straight from a walk to sending, without being claimed.</summary>
public sealed class StraightSendingTests
{
    [Fact]
    public async Task What_a_walk_plans_stands_claimed_at_once_and_is_sent()
    {
        await using var world = await ReadyAsync();
        await world.RunAsync(Work.Enrolments);
        Assert.Equal(DeliveryState.Claimed, (await world.DeliveryAsync()).State);

        await SendAsync(world);

        Assert.Single(world.Fake.Emails);
        Assert.Equal((DeliveryState.Accepted, 1), await world.DeliveryAsync() is var sent ? (sent.State, sent.Attempts) : default);
        await world.RunAsync();
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task Work_that_is_pumped_by_hand_is_planned_and_claimed()
    {
        await using var world = await ReadyAsync(relays: false);
        await world.RunAsync(Work.Enrolments);
        Assert.Equal(DeliveryState.Planned, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_process_that_ends_before_anything_left_loses_nothing()
    {
        await using var world = await ReadyAsync();
        await world.RunAsync(Work.Enrolments);
        await using var next = world.Another("two");
        await next.RunAsync();
        Assert.Empty(world.Fake.Emails);
        world.MachineClock.Advance(new EngineOptions().CallLease);
        await next.RunAsync();
        Assert.Single(world.Fake.Emails);

        // The first one wakes up again.
        await SendAsync(world);
        Assert.Single(world.Fake.Emails);
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_in_hand_twice_is_sent_once_when_the_node_is_stopped_meanwhile(bool forgotten)
    {
        const int Messages = 6;
        await using var world = await World.WithAsync(
            settings => settings with { Sending = settings.Sending with { Batch = Messages, Concurrency = 2 } }, Words.Journey("j", "- send: hello\n  via: [sms]"));
        await world.RunAsync();
        world.Get<SendRelays>().Begin();
        await world.RunAsync(Work.Texts);
        for (var i = 0; i < Messages; i++)
        {
            await world.CustomerAsync($"c{i}", phone: $"+4917000000{i:00}");
            await world.TellAsync($"c{i}", "order.delivered");
        }

        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        // Another takes them over, or a batch of ours failed: they are planned again, and in the relay still.
        if (forgotten)
            await world.Get<NodeHeart>().ForgetAsync(Work.Texts, CancellationToken.None);
        else
            world.MachineClock.Advance(new EngineOptions().StoreLease);
        await world.RunAsync(Work.Recovery);
        Assert.All(await world.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Planned, one.State));

        using var stop = new CancellationTokenSource();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Fake.BeforeText = async () =>
        {
            called.TrySetResult();
            await answer.Task;
        };
        var sending = world.MachineClock.UntilAsync(world.Pump.RunAsync(Work.Texts, stop.Token));
        while (await Task.WhenAny(called.Task, sending) == sending)
        {
            // What it had in hand came to nothing; now it looks in the ledger.
            world.MachineClock.Advance(TimeSpan.FromSeconds(1));
            sending = world.MachineClock.UntilAsync(world.Pump.RunAsync(Work.Texts, stop.Token));
        }

        await stop.CancelAsync();
        await world.Get<SendRelays>().EndAsync();
        answer.SetResult();
        await sending;
        await world.MachineClock.UntilAsync(world.RunAsync());

        Assert.Equal(Messages, world.Fake.Texts.Count);
        Assert.All(await world.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Accepted, one.State));
    }

    [Fact]
    public async Task A_node_that_stops_gives_back_what_it_has_not_sent()
    {
        await using var world = await ReadyAsync();
        await world.RunAsync(Work.Enrolments);
        await world.Get<SendRelays>().EndAsync();
        Assert.Equal((DeliveryState.Planned, 0, "planned"), await world.DeliveryAsync() is var row ? (row.State, row.Attempts, row.Reason) : default);
        await using var next = world.Another("two");
        await next.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task What_bids_for_attention_is_planned_so_that_all_bids_are_heard_together()
    {
        await using var world = await ReadyAsync(
            settings => settings with { Attention = new AttentionBudget([new AttentionLimit(1, TimeSpan.FromDays(7))], [Purpose.Feedback]) }, purpose: "feedback");
        await world.RunAsync(Work.Enrolments);
        Assert.Equal(DeliveryState.Planned, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task While_a_connection_is_out_what_walks_plan_waits_in_the_ledger()
    {
        await using var world = await ReadyAsync();
        world.Fake.Guard = _ => ("the breaker is open", TimeSpan.FromMinutes(1));
        await world.RunAsync(Work.Enrolments);
        await SendAsync(world);
        // It is known to be out now, and what comes finds it so.
        await WalkAsync(world, "ben");
        await SendAsync(world);
        await WalkAsync(world, "cara");

        Assert.Equal([DeliveryState.Deferred, DeliveryState.Deferred, DeliveryState.Planned], (await world.DeliveriesAsync()).Select(row => row.State));
        Assert.Empty(world.Fake.Emails);
        world.Fake.Guard = _ => null;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(3, world.Fake.Emails.Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Where_nobody_knows_whether_a_walk_is_committed_sending_finds_out(bool committed, int sent)
    {
        await using var world = await ReadyAsync();
        var walk = ActivatorUtilities.CreateInstance<WalkPass>(world.Get<IServiceProvider>(), new CutOff(world.Get<IWork>(), committed));
        await Assert.ThrowsAsync<StorageException>(() => walk.RunAsync(CancellationToken.None));

        await SendAsync(world);

        Assert.Equal(sent, world.Fake.Emails.Count);
        // On this store what was not committed is leased.
        world.MachineClock.Advance(new EngineOptions().StoreLease);
        await world.MachineClock.UntilAsync(world.RunAsync());
        Assert.Single(world.Fake.Emails);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task What_belongs_to_a_refused_move_is_not_given_to_sending()
    {
        var relay = new SendRelay(TimeProvider.System);
        relay.Open(10);
        var (stays, refused) = (Row(), Row());
        using (var places = new RelayPlaces(null, new Dictionary<Core.Customers.Channel, (SendRelay, int)> { [Core.Customers.Channel.Email] = (relay, await relay.TakePlacesAsync(5)) }))
        {
            Assert.True(places.Claim([stays, refused]));
            places.Give(new HashSet<Guid> { refused.EnrolmentId });
        }

        Assert.Equal(stays.Id, Assert.Single(relay.Take(10)).Id);
        Assert.Equal(5, await relay.TakePlacesAsync(5));
    }

    private static async Task<World> ReadyAsync(Func<Core.Settings.CoreSettings, Core.Settings.CoreSettings>? settings = null, bool relays = true, string purpose = "service")
    {
        var world = await World.WithAsync(settings ?? (same => same), Words.Journey("j", "- send: hello", purpose: purpose));
        await world.CustomerAsync("anna");
        await world.RunAsync();
        if (relays)
            world.Get<SendRelays>().Begin();
        await world.RunAsync(Work.Deliveries);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        return world;
    }

    private static async Task WalkAsync(World world, string customer)
    {
        await world.CustomerAsync(customer);
        await world.TellAsync(customer, "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
    }

    // Sending lingers for more, by the machine's clock.
    private static async Task SendAsync(World world) => await world.MachineClock.UntilAsync(world.RunAsync(Work.Deliveries));

    private static Delivery Row() => new()
    {
        Id = Guid.NewGuid(), CustomerId = Guid.NewGuid(), EnrolmentId = Guid.NewGuid(), StepId = "1", Occurrence = 1, Journey = "j", Message = "hello",
        Purpose = Purpose.Service, Via = [Core.Customers.Channel.Email], PlannedAt = default, ChangedAt = default,
    };

    /// <summary>A store that is cut off after a walk is committed, or before.</summary>
    private sealed class CutOff(IWork work, bool committed) : IWork
    {
        public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) => work.CommitAsync(effects, cancellation);

        public async Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation)
        {
            var isWalked = false;
            await work.WalkDueAsync(
                claim,
                async due =>
                {
                    var effects = await walk(due);
                    isWalked = true;
                    return committed ? effects : throw new StorageException("cut off before");
                },
                cancellation);
            Assert.True(isWalked);
            throw new StorageException("cut off after");
        }
    }
}
