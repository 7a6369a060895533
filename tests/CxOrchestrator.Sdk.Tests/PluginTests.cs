using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Sdk.Tests;

public sealed class PluginTests
{
    [Fact]
    public void A_typed_plugin_tells_its_settings_class_and_is_called_with_it()
    {
        IPlugin plugin = new Typed();
        var settings = new Settings { Host = "h" };

        var connector = Assert.IsType<Connector>(plugin.Connect(new ConnectionContext("c", "/tmp", TimeProvider.System, NullLogger.Instance), settings));

        Assert.Equal(typeof(Settings), plugin.SettingsType);
        Assert.Same(settings, connector.Settings);
    }

    [Fact]
    public void Settings_of_another_class_are_refused()
    {
        IPlugin plugin = new Typed();

        Assert.Throws<InvalidCastException>(
            () => plugin.Connect(new ConnectionContext("c", "/tmp", TimeProvider.System, NullLogger.Instance), "not settings"));
    }

    private sealed class Settings
    {
        public string Host { get; set; } = "";
    }

    private sealed record Connector(Settings Settings) : IConnector;

    private sealed class Typed : IPlugin<Settings>
    {
        public IConnector Connect(ConnectionContext context, Settings settings) => new Connector(settings);
    }
}
