using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.States;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Plugins.Tests.States;

public sealed class StateKeepingTests
{
    private static readonly Verdict Away = new(ConnectionState.Degraded, "away", "look");

    [Fact]
    public async Task Changes_are_written_a_moment_later_and_together()
    {
        await using var host = new AHost();
        using var keeping = await StartAsync(host);

        host.Host.Board.Set("connection:a", Verdict.Ready);
        await host.Time.TimersAsync();
        host.Host.Board.Set("connection:a", Away);
        host.Host.Board.Set("connection:a", Verdict.Ready);
        host.Host.Board.Set("connection:a", Away);
        Assert.Equal(0, host.States.Writes);
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => host.States.Writes == 1, "the last state is written");
        Assert.Equal("away", host.States.Kept["connection:a"].Reason);
        await keeping.StopAsync(CancellationToken.None);
        Assert.Equal(1, host.States.Writes);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_later()
    {
        await using var host = new AHost();
        host.States.FailuresToCome = 1;
        using var keeping = await StartAsync(host);

        host.Host.Board.Set("connection:a", Away);
        await host.Time.TimersAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.Time.TimersAsync();
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await host.Time.TimersAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => host.States.Kept.ContainsKey("connection:a"), "the state is written after all");
        await keeping.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_left_is_written_when_the_service_stops()
    {
        await using var host = new AHost();
        using var keeping = await StartAsync(host);
        host.Host.Board.Set("connection:a", Away);

        await keeping.StopAsync(CancellationToken.None);

        Assert.Equal(ConnectionState.Degraded, host.States.Kept["connection:a"].State);
    }

    private static async Task<StateKeeping> StartAsync(AHost host)
    {
        var keeping = new StateKeeping(host.Host, host.States, new Clocks(host.Time, host.Time), NullLogger<StateKeeping>.Instance);
        await keeping.StartAsync(CancellationToken.None);
        return keeping;
    }
}
