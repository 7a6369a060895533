using CxOrchestrator.Core;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Engine.Tests.Running;

/// <summary>When a loop looks again.</summary>
public sealed class PassLoopTests
{
    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(10, 5, 0)]
    [InlineData(10, 4, 50)]
    [InlineData(0, 1, 0)]
    public async Task After_a_small_batch_a_loop_lets_others_come_for_a_moment_whatever_nudges_it(int full, int forward, int milliseconds)
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var pass = new Counted(full, forward, world.MachineClock, world.Get<Nudges>());
        using var stop = new CancellationTokenSource();
        var loop = new PassLoop(pass, world.Get<Nudges>(), world.Get<NodeHeart>(), world.Get<EngineNode>(), world.Get<Clocks>(), new EngineOptions(), NullLogger.Instance);
        var running = loop.RunAsync(stop.Token);

        var rests = await world.MachineClock.UntilAsync(pass.Second.Task);
        await stop.CancelAsync();
        await running;

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), rests);
    }

    /// <summary>Brings so many forward, and is nudged meanwhile.</summary>
    private sealed class Counted(int full, int forward, TimeProvider clock, Nudges nudges) : IPass
    {
        private DateTimeOffset? _first;

        public TaskCompletionSource<TimeSpan> Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Work Work => Work.Events;

        public int Full => full;

        public Task<int> RunAsync(CancellationToken stop)
        {
            if (_first is { } first)
            {
                Second.TrySetResult(clock.GetUtcNow() - first);
                return Task.FromResult(0);
            }

            _first = clock.GetUtcNow();
            nudges.Nudge(Work);
            return Task.FromResult(forward);
        }
    }
}
