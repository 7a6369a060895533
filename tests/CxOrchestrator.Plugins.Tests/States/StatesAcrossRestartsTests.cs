using CxOrchestrator.Core.Connections;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using CxOrchestrator.Core;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Tests.States;

public sealed class StatesAcrossRestartsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryStates _states = new();

    [Fact]
    public async Task Failures_open_the_breaker_degrade_the_connection_and_end_in_quarantine()
    {
        await using var host = await StartAsync();
        Assert.Equal(ConnectionState.Ready, host.Report("bad").State);

        await host.Connections.SendSmsAsync("bad");
        await host.Connections.SendSmsAsync("bad");

        Assert.Equal(ConnectionState.Degraded, host.Report("bad").State);
        Assert.StartsWith("its breaker opened after 2 failed calls in a row; the last failure: Invalid", host.Report("bad").Reason, StringComparison.Ordinal);
        Assert.False(host.Connections.Accepts("bad"));
        Assert.Contains("its breaker is open", (await host.Connections.SendSmsAsync("bad")).NotCalledBecause(), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(host.Connections.Accepts("bad"));
        await host.Connections.SendSmsAsync("bad");

        Assert.Equal(ConnectionState.Quarantined, host.Report("bad").State);
        Assert.Contains("One call is tried 00:15:00 after", host.Report("bad").WhatToDo, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Ready, host.Report("good").State);
    }

    [Fact]
    public async Task Quarantine_outlives_a_restart_with_its_reason_and_beginning()
    {
        var since = await QuarantinedAsync();
        _time.Advance(TimeSpan.FromMinutes(10));

        await using var host = await StartAsync();

        Assert.Equal(ConnectionState.Quarantined, host.Report("bad").State);
        Assert.Equal(since, host.Report("bad").Since);
        var refused = Assert.IsType<CallResult<Sdk.SendResult>.NotCalled>(await host.Connections.SendSmsAsync("bad"));
        Assert.Contains("quarantined", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), refused.RetryAfter);
    }

    [Fact]
    public async Task After_quarantine_one_call_is_tried_and_its_failure_begins_another()
    {
        await QuarantinedAsync();
        _time.Advance(TimeSpan.FromMinutes(15));
        await using var host = await StartAsync();

        Assert.True(host.Connections.Accepts("bad"));
        Assert.IsType<CallResult<Sdk.SendResult>.Failed>(await host.Connections.SendSmsAsync("bad"));

        Assert.Equal(ConnectionState.Quarantined, host.Report("bad").State);
        Assert.Equal(_time.GetUtcNow(), host.Report("bad").Since);
        Assert.False(host.Connections.Accepts("bad"));
    }

    [Fact]
    public async Task After_quarantine_a_call_that_succeeds_makes_the_connection_ready()
    {
        _states.Kept["connection:good"] = new StateReport(ConnectionState.Quarantined, "it was away", _time.GetUtcNow(), "wait");
        await using var host = await StartAsync();
        Assert.Equal("it was away", host.Report("good").Reason);

        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.NotNull((await host.Connections.SendSmsAsync("good")).Receipt());

        Assert.Equal(ConnectionState.Ready, host.Report("good").State);
        Assert.Equal("", host.Report("good").Reason);
    }

    [Fact]
    public async Task An_admin_can_end_a_quarantine()
    {
        await QuarantinedAsync();
        await using var host = await StartAsync();

        Assert.True(host.Host.Lift("bad"));
        Assert.False(host.Host.Lift("nobody"));

        Assert.Equal(ConnectionState.Ready, host.Report("bad").State);
        Assert.True(host.Connections.Accepts("bad"));
    }

    [Fact]
    public async Task What_has_not_changed_stands_since_before_the_restart_and_is_not_written_again()
    {
        await using (var first = await StartAsync())
            await SaveAsync(first);
        var (since, writes) = (_states.Kept["connection:good"].Since, _states.Writes);
        _time.Advance(TimeSpan.FromHours(1));

        await using var second = await StartAsync();
        await SaveAsync(second);

        Assert.Equal(since, second.Report("good").Since);
        Assert.Equal(since, second.PluginReport("well-behaved").Since);
        Assert.Equal(writes, _states.Writes);
    }

    [Fact]
    public async Task A_connection_that_was_degraded_stays_so_until_a_call_succeeds()
    {
        _states.Kept["connection:good"] = new StateReport(ConnectionState.Degraded, "it was away", _time.GetUtcNow() - TimeSpan.FromHours(1), "look");
        await using var host = await StartAsync();

        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromHours(1), host.Report("good").Since);
        Assert.True(host.Connections.Accepts("good"));
        await host.Connections.SendSmsAsync("good");

        Assert.Equal((ConnectionState.Ready, _time.GetUtcNow()), (host.Report("good").State, host.Report("good").Since));
    }

    private async Task<DateTimeOffset> QuarantinedAsync()
    {
        await using var host = await StartAsync();
        await host.Connections.SendSmsAsync("bad");
        await host.Connections.SendSmsAsync("bad");
        _time.Advance(TimeSpan.FromSeconds(10));
        await host.Connections.SendSmsAsync("bad");
        await SaveAsync(host);
        Assert.Equal(ConnectionState.Quarantined, _states.Kept["connection:bad"].State);
        return _states.Kept["connection:bad"].Since;
    }

    // A service that is stopped saves what is left; that it saves by itself is tested with it.
    private async Task SaveAsync(AHost host)
    {
        using var keeping = new StateKeeping(host.Host, _states, new Clocks(_time, _time), NullLogger<StateKeeping>.Instance);
        await keeping.StartAsync(CancellationToken.None);
        await keeping.StopAsync(CancellationToken.None);
    }

    private async Task<AHost> StartAsync() =>
        await (await new AHost { Time = _time, States = _states }.WithPluginsAsync("throws-from-every-call", "well-behaved"))
            .With("Guard:FailuresToOpen", "2")
            .With("Guard:OpeningsToQuarantine", "2")
            .WithConnection("bad", "throws-from-every-call")
            .WithConnection("good", "well-behaved")
            .LoadedAsync();
}
