using CxOrchestrator.Plugins.Live;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Live;

public sealed class WakeUpTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly WakeUp _wakeUp;

    public WakeUpTests() => _wakeUp = new WakeUp(_time);

    [Fact]
    public async Task It_sleeps_until_the_time_is_up()
    {
        var asleep = _wakeUp.SleepAsync(Long, CancellationToken.None);
        Assert.False(asleep.IsCompleted);

        _time.Advance(Long);

        await asleep;
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task A_call_wakes_it_once()
    {
        var asleep = _wakeUp.SleepAsync(Long, CancellationToken.None);
        _wakeUp.Call();
        _wakeUp.Call();
        await asleep;

        Assert.False(_wakeUp.SleepAsync(Long, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_call_that_came_while_it_was_awake_counts()
    {
        _wakeUp.Call();

        await _wakeUp.SleepAsync(Long, CancellationToken.None);
    }

    [Fact]
    public async Task Who_is_to_stop_does_not_sleep_on()
    {
        using var stop = new CancellationTokenSource();
        var asleep = _wakeUp.SleepAsync(Long, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asleep);
    }
}
