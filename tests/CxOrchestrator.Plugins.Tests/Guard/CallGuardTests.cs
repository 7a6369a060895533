using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Guard;

public sealed class CallGuardTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Witness _witness = new();
    private readonly GuardOptions _options = new() { Concurrency = 2 };

    [Fact]
    public async Task A_call_that_ignores_cancellation_fails_at_the_time_limit_and_keeps_its_slot_until_it_returns()
    {
        var guard = Guard();
        var stuck = new TaskCompletionSource<int>();
        var call = guard.CallAsync(CallKind.Send, _ => stuck.Task, CancellationToken.None);
        var other = guard.CallAsync(CallKind.Send, _ => stuck.Task, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("it did not answer within 00:00:30", (await call).FailedBecause());
        await other;

        Assert.True(guard.Exhausted);
        Assert.Equal("all of its 2 slots are held by calls that never returned", (await Quick(guard)).NotCalledBecause());
        Assert.Equal(1, _witness.Exhaustions);

        stuck.SetResult(1);
        Assert.False(guard.Exhausted);
        Assert.IsType<CallResult<int>.Answered>(await Quick(guard));
    }

    [Fact]
    public async Task What_strangers_post_stops_nothing_however_badly_it_is_taken()
    {
        var guard = Guard();
        for (var i = 0; i < 50; i++)
            Assert.Contains("cannot read this", (await guard.CallAsync<int>(CallKind.Receive, _ => throw new FormatException("cannot read this"), default)).FailedBecause(), StringComparison.Ordinal);

        Assert.Null(guard.Breaker.Refusal());
        Assert.IsType<CallResult<int>.Answered>(await Quick(guard));
    }

    [Fact]
    public async Task What_a_service_posts_is_taken_while_calls_to_it_are_refused()
    {
        var guard = Guard();
        while (guard.Breaker.Refusal() is null)
            await guard.CallAsync<int>(CallKind.Send, _ => throw new TimeoutException(), default);

        Assert.IsType<CallResult<int>.Answered>(await guard.CallAsync(CallKind.Receive, _ => Task.FromResult(1), default));
        Assert.NotNull(guard.Breaker.Refusal());
    }

    [Fact]
    public async Task A_call_that_blocks_its_thread_does_not_block_the_caller()
    {
        using var gate = new ManualResetEventSlim();
        var call = Guard().CallAsync(
            CallKind.Send,
            _ =>
            {
                gate.Wait(CancellationToken.None);
                return Task.FromResult(1);
            },
            CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("did not answer", (await call).FailedBecause(), StringComparison.Ordinal);
        gate.Set();
    }

    [Fact]
    public async Task A_call_that_heeds_cancellation_fails_at_the_time_limit_and_frees_its_slot()
    {
        var guard = Guard();
        var call = guard.CallAsync(CallKind.Send, Forever, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("did not answer", (await call).FailedBecause(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !guard.Exhausted, "its slot is free");
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_an_end_at_once_and_the_breaker_learns_nothing()
    {
        _options.FailuresToOpen = 1;
        var guard = Guard();
        using var caller = new CancellationTokenSource();
        var call = guard.CallAsync(CallKind.Send, Forever, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(BreakerPosition.Closed, guard.Breaker.Position);
        Assert.Empty(_witness.Failures);
    }

    [Fact]
    public async Task A_call_that_finds_no_free_slot_waits_and_is_then_not_made()
    {
        var guard = Guard();
        var running = new TaskCompletionSource<int>();
        var first = guard.CallAsync(CallKind.Send, _ => running.Task, CancellationToken.None);
        var second = guard.CallAsync(CallKind.Send, _ => running.Task, CancellationToken.None);

        var third = Quick(guard);
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("all of its 2 slots stayed busy for 00:00:05", (await third).NotCalledBecause());
        running.SetResult(1);
        Assert.All(await Task.WhenAll(first, second), result => Assert.IsType<CallResult<int>.Answered>(result));
    }

    [Fact]
    public async Task Never_more_calls_run_at_once_than_there_are_slots()
    {
        var guard = Guard();
        var running = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => guard.CallAsync(
            CallKind.Write,
            async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return 1;
            },
            CancellationToken.None)));

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_read_is_repeated_until_it_is_answered()
    {
        var tries = 0;

        var result = await PassPausesAsync(Guard().CallAsync(
            CallKind.Read, _ => ++tries < 3 ? throw new IOException("away") : Task.FromResult(tries), CancellationToken.None));

        Assert.Equal(3, Assert.IsType<CallResult<int>.Answered>(result).Value);
        Assert.Empty(_witness.Failures);
    }

    [Fact]
    public async Task A_read_that_keeps_failing_is_one_failure()
    {
        var tries = 0;

        var result = await PassPausesAsync(Guard().CallAsync<int>(
            CallKind.Read,
            _ =>
            {
                tries++;
                throw new IOException("away");
            },
            CancellationToken.None));

        Assert.Equal("IOException: away", result.FailedBecause());
        Assert.Equal(3, tries);
        Assert.Single(_witness.Failures);
    }

    [Theory]
    [InlineData(CallKind.Send)]
    [InlineData(CallKind.Write)]
    public async Task A_send_or_write_is_made_once(CallKind kind)
    {
        var tries = 0;

        await Guard().CallAsync<int>(
            kind,
            _ =>
            {
                tries++;
                throw new IOException("away");
            },
            CancellationToken.None);

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_call_beyond_the_rate_is_not_made_and_says_when_to_come_again()
    {
        _options.CallsPerSecond = 1;
        var guard = Guard();
        await Quick(guard);

        var refused = Assert.IsType<CallResult<int>.NotCalled>(await Quick(guard));

        Assert.Equal("its rate of 1 calls a second is used up", refused.Reason);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<CallResult<int>.Answered>(await Quick(guard));
    }

    [Fact]
    public async Task A_trial_that_the_rate_refuses_leaves_room_for_another()
    {
        _options.CallsPerSecond = 0.01;
        _options.FailuresToOpen = 1;
        var guard = Guard();
        await guard.CallAsync<int>(CallKind.Send, _ => throw new IOException("away"), CancellationToken.None);
        _time.Advance(_options.OpenFor);

        Assert.Contains("rate", (await Quick(guard)).NotCalledBecause(), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.IsType<CallResult<int>.Answered>(await Quick(guard));
    }

    [Fact]
    public async Task A_connector_that_cancels_by_itself_has_failed()
    {
        var result = await Guard().CallAsync<int>(CallKind.Send, _ => throw new OperationCanceledException(), CancellationToken.None);

        Assert.Equal("it cancelled the call by itself", result.FailedBecause());
    }

    // The first timer is the time limit; a second one is a pause.
    private async Task<CallResult<int>> PassPausesAsync(Task<CallResult<int>> call)
    {
        while (await Task.WhenAny(call, _time.TimersAsync(2)) != call)
            _time.Advance(TimeSpan.FromSeconds(1));
        return await call;
    }

    private static async Task<int> Forever(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return 1;
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now)
            Interlocked.CompareExchange(ref most, now, seen);
    }

    private static Task<CallResult<int>> Quick(CallGuard guard) =>
        guard.CallAsync(CallKind.Send, _ => Task.FromResult(1), CancellationToken.None);

    private CallGuard Guard() => new(_options, new CallLimits(_options, _time), _time, new ExceptionText(new SecretMask()), _witness);

    private sealed class Witness : ICallWitness
    {
        public List<string> Failures { get; } = [];

        public int Exhaustions { get; private set; }

        public void Succeeded()
        {
        }

        public void Failed(string reason) => Failures.Add(reason);

        public void Exhausted() => Exhaustions++;
    }
}
