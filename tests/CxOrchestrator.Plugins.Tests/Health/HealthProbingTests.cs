using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Plugins.Tests.Health;

public sealed class HealthProbingTests
{
    [Fact]
    public async Task Probing_tells_of_each_connection_what_was_found()
    {
        await using var host = await StartAsync();

        var results = await host.Host.ProbeAllAsync(CancellationToken.None);

        Assert.Equal(
            [("good", true, true), ("bad", true, false), ("mute", false, false), ("off", false, false)],
            results.Select(result => (result.Connection, result.Probed, result.Healthy)));
        Assert.Equal("fine", results[0].Text);
        Assert.Equal(ConnectionState.Degraded, results[1].Report.State);
        Assert.StartsWith("its health probe: ", results[1].Report.Reason, StringComparison.Ordinal);
        Assert.Equal("it has no health probe", results[2].Text);
        Assert.Equal("it is switched off in the configuration", results[3].Text);
    }

    [Fact]
    public async Task What_a_probe_found_stands_until_another_probe_even_across_a_restart()
    {
        var states = new InMemoryStates();
        var time = new TestKit.ManualTimeProvider();
        states.Kept["connection:good"] = new StateReport(
            ConnectionState.Degraded, "its health probe: the disk is full", time.GetUtcNow() - TimeSpan.FromHours(1), "clean up");
        await using var host = await StartAsync(new AHost { States = states, Time = time });

        await host.Connections.SendSmsAsync("good");
        Assert.Equal(ConnectionState.Degraded, host.Report("good").State);
        await host.Host.ProbeAllAsync(CancellationToken.None);

        Assert.Equal(ConnectionState.Ready, host.Report("good").State);
    }

    [Fact]
    public async Task The_service_loads_probes_at_once_and_then_again_and_again()
    {
        await using var host = (await StartAsync(loaded: false)).With("Guard:FailuresToOpen", "2");
        using var probing = new HealthProbing(host.Host, new Clocks(host.Time, host.Time), NullLogger<HealthProbing>.Instance);

        await probing.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Says("its health probe: Invalid"), "the first probe has failed");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => Says("its breaker opened after 2 failed calls"), "the second probe has failed, too");

        bool Says(string what) => host.Report("bad").Reason.StartsWith(what, StringComparison.Ordinal);
        await probing.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_service_collection_gets_the_host_and_the_way_to_call_connections()
    {
        await using var host = await StartAsync(loaded: false);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IPluginStateStore>(host.States);
        services.AddSingleton(new Clocks(host.Time, host.Time));
        services.AddPlugins(new ConfigurationBuilder().AddInMemoryCollection(host.Configuration).Build());
        await using var provider = services.BuildServiceProvider();

        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        var receipt = (await provider.GetRequiredService<IConnections>().SendSmsAsync("good")).Receipt();
        foreach (var service in provider.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);

        Assert.StartsWith("good: hello", receipt, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Ready, host.States.Kept["connection:good"].State);
        Assert.Equal(ConnectionState.Ready, host.States.Kept["plugin:well-behaved"].State);
    }

    private static async Task<AHost> StartAsync(AHost? host = null, bool loaded = true)
    {
        host = (await (host ?? new AHost()).WithPluginsAsync("well-behaved", "throws-from-every-call", "throws-on-dispose"))
            .With("Guard:ReadRetries", "0")
            .WithConnection("good", "well-behaved")
            .WithConnection("bad", "throws-from-every-call")
            .WithConnection("mute", "throws-on-dispose")
            .WithConnection("off", "well-behaved", "Enabled", "false");
        return loaded ? await host.LoadedAsync() : host;
    }
}
