using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests;

public sealed class PluginHostTests
{
    [Fact]
    public async Task A_healthy_plugin_is_found_loaded_connected_and_called()
    {
        await using var host = await (await new AHost().WithPluginsAsync("well-behaved"))
            .WithConnection("texts", "well-behaved", "Settings:Greeting", "hi")
            .LoadedAsync();

        var result = await host.Connections.SendSmsAsync("texts");

        Assert.Equal("texts: hi, words 1.0.0, 1", result.Receipt());
        Assert.Equal(ConnectionState.Ready, host.PluginReport("well-behaved").State);
        Assert.Equal(ConnectionState.Ready, host.Report("texts").State);
        Assert.Equal("texts", host.Connections.For(Capability.SmsSender)?.Name);
        Assert.True(host.Connections.Accepts("texts"));
        Assert.Empty(host.Host.Faults);
    }

    [Fact]
    public async Task A_connection_that_offers_less_than_its_plugin_can_is_passed_over_for_the_rest()
    {
        await using var host = await (await new AHost().WithPluginsAsync("well-behaved"))
            .WithConnection("quiet", "well-behaved", "Settings:Greeting", "mute")
            .WithConnection("texts", "well-behaved")
            .LoadedAsync();

        Assert.Equal([Capability.HealthProbe], host.Connections.Connections.Single(one => one.Name == "quiet").Capabilities);
        Assert.Equal("texts", host.Connections.For(Capability.SmsSender)?.Name);
        Assert.Contains("is no ISmsSender", Assert.IsType<CallResult<SendResult>.NotCalled>(await host.Connections.SendSmsAsync("quiet")).Reason, StringComparison.Ordinal);
    }
}
