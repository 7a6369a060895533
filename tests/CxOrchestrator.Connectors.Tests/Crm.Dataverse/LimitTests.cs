using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The concurrency that finds its level.</summary>
public sealed class LimitTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_level_rises_one_by_one_and_is_halved_once_for_each_congestion()
    {
        var throttle = new Throttle(24, 6000, _clock);
        for (var round = 0; round < 60; round++)
            await RoundAsync(throttle, Ok);
        Assert.Equal(24, (int)throttle.Level);

        // All that were under way together are one sign.
        await RoundAsync(throttle, Busy(null));
        Assert.Equal(12, throttle.Level, 1);
        await RoundAsync(throttle, Ok);
        Assert.InRange(throttle.Level, 12.5, 13.5);
    }

    [Fact]
    public async Task Those_who_wait_for_a_place_are_told_when_the_service_asks_to_wait()
    {
        var throttle = new Throttle(1, 6000, _clock);
        var turn = await throttle.EnterAsync(default);
        var waiting = throttle.EnterAsync(default);
        Assert.False(waiting.IsCompleted);

        throttle.Leave(turn, Busy(TimeSpan.FromSeconds(30)));

        var held = await Assert.ThrowsAsync<ServiceException>(() => waiting);
        Assert.Equal((429, TimeSpan.FromSeconds(30)), (held.Status, held.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(30));
        throttle.Leave(await throttle.EnterAsync(default), Ok);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_takes_no_place()
    {
        var throttle = new Throttle(1, 6000, _clock);
        var turn = await throttle.EnterAsync(default);
        using var patience = new CancellationTokenSource();
        var given = throttle.EnterAsync(patience.Token);
        var kept = throttle.EnterAsync(default);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        throttle.Leave(turn, Ok);
        throttle.Leave(await kept, Ok);
        throttle.Leave(await throttle.EnterAsync(default), Ok);
    }

    [Fact]
    public async Task No_window_of_five_minutes_has_more_requests_than_allowed()
    {
        var throttle = new Throttle(4, 10, _clock);
        for (var i = 0; i < 10; i++)
        {
            throttle.Leave(await throttle.EnterAsync(default), Ok);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        var held = await Assert.ThrowsAsync<ServiceException>(() => throttle.EnterAsync(default));
        Assert.Equal(TimeSpan.FromSeconds(200), held.RetryAfter);
        _clock.Advance(TimeSpan.FromSeconds(200));
        throttle.Leave(await throttle.EnterAsync(default), Ok);
        await Assert.ThrowsAsync<ServiceException>(() => throttle.EnterAsync(default));
    }

    [Fact]
    public async Task Headers_that_say_that_little_is_left_bring_the_level_down()
    {
        var throttle = new Throttle(24, 6000, _clock);
        throttle.Leave(await throttle.EnterAsync(default), Ok with { Headers = Header("x-ms-ratelimit-burst-remaining-xrm-requests", "2") });
        Assert.Equal(2, throttle.Level);
        throttle.Leave(await throttle.EnterAsync(default), Ok with { Headers = Header("x-ms-ratelimit-time-remaining-xrm-requests", "0") });
        Assert.Equal(1, throttle.Level);
    }

    private static ServiceReply Ok => new() { Status = 204, Headers = new Dictionary<string, string>(), Body = default };

    private static ServiceReply Busy(TimeSpan? wait) => Ok with { Status = 429, RetryAfter = wait };

    private static Dictionary<string, string> Header(string name, string value) => new(StringComparer.OrdinalIgnoreCase) { [name] = value };

    private static async Task RoundAsync(Throttle throttle, ServiceReply answer)
    {
        var turns = new List<long>();
        for (var i = (int)throttle.Level; i > 0; i--)
            turns.Add(await throttle.EnterAsync(default));
        turns.ForEach(turn => throttle.Leave(turn, answer));
    }
}
