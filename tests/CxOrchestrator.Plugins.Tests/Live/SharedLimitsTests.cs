using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Live;

/// <summary>A version on trial adds nothing to what the service has to bear.</summary>
public sealed class SharedLimitsTests : IAsyncLifetime
{
    private readonly AHost _host = new();
    private AnInstallation _texter = null!;

    public async Task InitializeAsync() => _texter = await new AnInstallation(_host).WithFirstAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Both_versions_together_make_no_more_calls_at_once_than_the_connection_may()
    {
        await UpgradeAsync("Guard:Concurrency", "4");
        var end = new TaskCompletionSource<SendResult>();
        var inside = 0;
        var calls = Enumerable.Range(0, 12).Select(_ => CallAsync(() =>
        {
            Interlocked.Increment(ref inside);
            return end.Task;
        })).ToList();
        await Eventually.TrueAsync(() => inside == 4, "four calls are on their way");

        // Those that wait for a slot give up after five seconds: each has a timer for that, and each on its way one for its time limit.
        await _host.Time.TimersAsync(12);
        _host.Time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => calls.Count(call => call.IsCompleted) == 8, "the others have given up");

        Assert.Equal(4, inside);
        end.SetResult(SendResult.Accepted());
        Assert.Equal(4, (await Task.WhenAll(calls)).Count(result => result is CallResult<SendResult>.Answered));
    }

    [Fact]
    public async Task Both_versions_together_make_no_more_calls_a_second_than_the_connection_may()
    {
        await UpgradeAsync("Guard:CallsPerSecond", "10");

        var results = new List<CallResult<SendResult>>();
        for (var i = 0; i < 30; i++)
            results.Add(await CallAsync(() => Task.FromResult(SendResult.Accepted())));

        Assert.Equal(10, results.Count(result => result is CallResult<SendResult>.Answered));
        Assert.Equal(20, results.Count(result => result is CallResult<SendResult>.NotCalled));
    }

    [Fact]
    public async Task A_version_that_never_returns_gives_the_slots_back_when_it_is_taken_out()
    {
        await UpgradeAsync("Guard:Concurrency", "4");
        var never = new TaskCompletionSource<SendResult>();
        var inside = 0;
        var calls = Enumerable.Range(0, 6).Select(_ => CallAsync(() =>
        {
            Interlocked.Increment(ref inside);
            return inside <= 2 ? never.Task : Task.FromResult(SendResult.Accepted());
        })).ToList();
        await Eventually.TrueAsync(() => inside >= 2, "calls are on their way");
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(calls);

        // Whichever version they were in, an admin takes both out of use.
        await _texter.ChangeAsync(plugin => plugin with { Active = "2.0.0", Candidate = null });
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the old version is freed");
        await _texter.ChangeAsync(plugin => plugin with { Active = "1.0.0" });
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the new version is freed");

        inside = 2;
        var end = new TaskCompletionSource<SendResult>();
        var begun = 0;
        var later = Enumerable.Range(0, 4).Select(_ => CallAsync(() =>
        {
            Interlocked.Increment(ref begun);
            return end.Task;
        })).ToList();
        await Eventually.TrueAsync(() => begun == 4, "all four slots are free");
        end.SetResult(SendResult.Accepted());
        Assert.All(await Task.WhenAll(later), result => Assert.IsType<CallResult<SendResult>.Answered>(result));
    }

    private async Task UpgradeAsync(string key, string value)
    {
        await _host.WithConnection("texts", AnInstallation.Id, key, value).LoadedAsync();
        await _texter.UpgradeAsync(share: 0.5);
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
    }

    private Task<CallResult<SendResult>> CallAsync(Func<Task<SendResult>> call) =>
        _host.Connections.CallAsync<ISmsSender, SendResult>("texts", CallKind.Send, (_, _) => call(), CancellationToken.None);
}
