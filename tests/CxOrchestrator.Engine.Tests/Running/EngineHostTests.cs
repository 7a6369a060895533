using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Engine.Tests.Running;

public sealed class EngineHostTests
{
    [Fact]
    public async Task The_loops_carry_an_event_to_a_message_without_the_clock_being_moved()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await world.CustomerAsync("anna");
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Fake.OnSend = _ =>
        {
            sent.TrySetResult();
            return SendResult.Accepted();
        };
        var host = world.Get<EngineHost>();
        await host.StartAsync(CancellationToken.None);
        await world.TellAsync("anna", "order.delivered");
        await sent.Task;
        await host.StopAsync(CancellationToken.None);
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_pass_that_throws_is_run_again_and_the_host_goes_on()
    {
        await using var world = await World.WithAsync();
        var broken = new Broken();
        var loop = new PassLoop(broken, world.Get<Nudges>(), world.Get<NodeHeart>(), world.Get<EngineNode>(), world.Get<Clocks>(), new EngineOptions(), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(stop.Token);
        await world.MachineClock.UntilAsync(broken.Third.Task);
        await stop.CancelAsync();
        await running;
        Assert.True(broken.Runs >= 3);
    }

    [Fact]
    public async Task Quartz_nudges_the_campaigns_when_customers_time_comes()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "news", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always"));
        await world.CustomerAsync("anna");
        await world.RunAsync();
        var nudges = world.Get<Nudges>();
        var clock = world.Get<QuartzClock>();
        await clock.StartAsync(CancellationToken.None);
        // The start itself nudges once.
        await nudges.WaitAsync(Work.Campaigns, TimeSpan.FromDays(1), TimeProvider.System, CancellationToken.None);
        var next = nudges.WaitAsync(Work.Campaigns, TimeSpan.FromDays(1), TimeProvider.System, CancellationToken.None);
        // Quartz sleeps half a minute at a time, and looks at the clock then.
        var due = world.Now.AddDays(7).Date.AddHours(9);
        world.CustomerClock.AdvanceTo(new DateTimeOffset(due, TimeSpan.Zero));
        while (!next.IsCompleted)
        {
            await Task.WhenAny(next, world.CustomerClock.TimersAsync());
            world.CustomerClock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
        await clock.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Events_that_a_connection_tells_are_polled_from_the_cursor_where_it_stopped()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", "{ on: ping }"));
        world.Fake.Has.Add(Capability.EventPoller);
        await world.Get<Core.Customers.ICustomerStore>().UpsertAsync(
            [new Core.Customers.CustomerDraft(
                [new Core.Customers.ExternalId(FakeConnections.Name, "p1")], "Anna", null, null, null,
                [new Core.Customers.ContactPoint(Core.Customers.Channel.Email, "a@example.test")], Json.EmptyObject)],
            world.Now, CancellationToken.None);
        var asked = new List<string?>();
        world.Fake.OnPoll = cursor =>
        {
            asked.Add(cursor);
            return cursor is null
                ? new Page<ConnectorEvent>([new ConnectorEvent("1", "ping", "p1", world.Now, Json.EmptyObject), new ConnectorEvent("2", "unheard", "p1", world.Now, Json.EmptyObject)], "c1")
                : new Page<ConnectorEvent>([], "c1");
        };
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
        await using var restarted = world.Another("two");
        await restarted.RunAsync();
        Assert.Null(asked[0]);
        Assert.All(asked.Skip(1), cursor => Assert.Equal("c1", cursor));
    }

    [Fact]
    public async Task A_connection_that_tells_nonsense_is_left_alone_for_a_moment_and_asked_again()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", "{ on: ping }"));
        world.Fake.Has.Add(Capability.EventPoller);
        var asked = 0;
        world.Fake.OnPoll = _ => new Page<ConnectorEvent>(++asked == 1 ? [null!] : [], null);
        await world.RunAsync();
        Assert.Equal(1, asked);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(asked > 1);
    }

    private sealed class Broken : IPass
    {
        public TaskCompletionSource<bool> Third { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Runs { get; private set; }

        public Work Work => Work.Cases;

        public Task<int> RunAsync(CancellationToken stop)
        {
            if (++Runs == 3)
                Third.TrySetResult(true);
            throw new InvalidOperationException("broken");
        }
    }
}
