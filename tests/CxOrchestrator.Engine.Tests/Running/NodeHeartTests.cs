using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Engine.Tests.Running;

public sealed class NodeHeartTests
{
    private static readonly EngineOptions Options = new();

    [Fact]
    public async Task A_node_that_cannot_reach_the_store_begins_nothing_when_a_third_of_its_lease_is_left_and_goes_on_when_it_can()
    {
        await using var world = await PlannedAsync();
        var node = world.Get<EngineNode>();
        var heart = world.Get<NodeHeart>();
        await heart.RegisterAsync(CancellationToken.None);

        world.MachineClock.Advance(Options.NodeLease * 2 / 3 - TimeSpan.FromMilliseconds(1));
        Assert.True(node.Life.Holds);
        world.MachineClock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(node.Life.Holds);
        await world.RunAsync(Work.Deliveries);
        Assert.Empty(world.Fake.Emails);
        Assert.Equal(DeliveryState.Planned, (await world.DeliveryAsync()).State);

        await heart.BeatAsync(false, CancellationToken.None);
        Assert.True(node.Life.Holds);
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_lease_that_runs_out_after_the_hand_over_was_committed_lets_no_byte_leave()
    {
        await using var world = await PlannedAsync();
        var node = world.Get<EngineNode>();
        var heart = world.Get<NodeHeart>();
        await heart.RegisterAsync(CancellationToken.None);
        node.Life.End();

        var call = new Engine.Dispatch.SendCall(world.Fake, node);
        var answer = await call.CallAsync(null!);

        Assert.False(answer.Called);
        Assert.IsType<SendDeferred>(answer.Result);
        Assert.Empty(world.Fake.Emails);
    }

    [Fact]
    public async Task A_node_that_was_taken_for_lost_is_one_of_them_again_with_its_next_sign_of_life()
    {
        await using var world = await PlannedAsync();
        var heart = world.Get<NodeHeart>();
        await heart.RegisterAsync(CancellationToken.None);
        world.MachineClock.Advance(Options.NodeLease);
        await world.Get<INodeStore>().TakeOverAsync(CancellationToken.None);
        Assert.Equal(NodeState.Lost, (await OneAsync(world)).State);

        await heart.BeatAsync(false, CancellationToken.None);

        Assert.Equal(NodeState.Running, (await OneAsync(world)).State);
        Assert.True(world.Get<EngineNode>().Life.Holds);
    }

    [Fact]
    public async Task The_loops_rest_while_the_node_has_no_lease()
    {
        await using var world = await World.WithAsync();
        var node = world.Get<EngineNode>();
        node.Life.End();
        var pass = new Counted();
        using var stop = new CancellationTokenSource();
        var running = new PassLoop(pass, world.Get<Nudges>(), world.Get<NodeHeart>(), node, world.Get<Clocks>(), Options, NullLogger.Instance).RunAsync(stop.Token);
        await world.MachineClock.TimersAsync();
        world.MachineClock.Advance(TimeSpan.FromSeconds(10));
        await world.MachineClock.TimersAsync();
        Assert.Equal(0, pass.Runs);

        node.Life.Renewed(world.MachineClock.GetTimestamp());
        await world.MachineClock.UntilAsync(pass.First.Task);
        await stop.CancelAsync();
        await running;
        Assert.Equal(3, node.Life.Done[nameof(Work.Cases)]);
    }

    [Fact]
    public async Task What_a_failed_batch_had_claimed_is_free_for_the_next_one_and_needs_no_lease_to_run_out()
    {
        await using var world = await PlannedAsync();
        var node = world.Get<EngineNode>();
        var ledger = world.Get<ILedger>();
        var pass = new FailsFirst(() => ledger.ClaimDueAsync(node.Lease(Options.CallLease), world.Now, 9, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        var running = new PassLoop(pass, world.Get<Nudges>(), world.Get<NodeHeart>(), node, world.Get<Clocks>(), Options, NullLogger.Instance).RunAsync(stop.Token);

        await world.MachineClock.UntilAsync(pass.Second.Task);
        await stop.CancelAsync();
        await running;

        Assert.Equal(1, (await ledger.RecoverAsync(world.Get<Clocks>().MachineNow, world.Now, new HashSet<string>(), CancellationToken.None)).Replanned);
    }

    [Fact]
    public async Task A_host_that_stops_says_so_and_holds_nothing_any_more()
    {
        await using var world = await PlannedAsync();
        var host = world.Get<EngineHost>();
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Fake.OnSend = _ =>
        {
            sending.TrySetResult();
            return SendResult.Accepted();
        };
        await host.StartAsync(CancellationToken.None);
        await sending.Task;
        Assert.Equal(NodeState.Running, (await OneAsync(world)).State);

        await host.StopAsync(CancellationToken.None);

        var stopped = await OneAsync(world);
        Assert.Equal(NodeState.Stopped, stopped.State);
        Assert.Empty(stopped.Holds);
        Assert.False(world.Get<EngineNode>().Life.Holds);
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
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

    private static async Task<NodeReport> OneAsync(World world) => Assert.Single((await world.Get<INodeStore>().ListAsync(CancellationToken.None)).Nodes);

    private sealed class FailsFirst(Func<Task> claim) : IPass
    {
        private bool _failed;

        public TaskCompletionSource<bool> Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Work Work => Work.Deliveries;

        public async Task<int> RunAsync(CancellationToken stop)
        {
            if (_failed)
            {
                Second.TrySetResult(true);
                return 0;
            }

            _failed = true;
            await claim();
            throw new InvalidOperationException("The store is away.");
        }
    }

    private sealed class Counted : IPass
    {
        public TaskCompletionSource<bool> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Runs { get; private set; }

        public Work Work => Work.Cases;

        public Task<int> RunAsync(CancellationToken stop)
        {
            Runs++;
            First.TrySetResult(true);
            return Task.FromResult(Runs == 1 ? 3 : 0);
        }
    }
}
