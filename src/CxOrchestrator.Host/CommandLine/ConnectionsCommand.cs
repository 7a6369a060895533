using System.CommandLine;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using CxOrchestrator.Plugins.Settings;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>connections list|add|test|setup|enable|disable</c>.</summary>
internal static class ConnectionsCommand
{
    public static Command Build(IAnsiConsole console) => new("connections", "Connections: uses of plugins, each with settings of its own.")
    {
        List(console),
        ConnectionsAddCommand.Build(console),
        ConnectionsTestCommand.Build(console),
        ConnectionsSetup.Build(console),
        Switch(console, "enable", "Switches a connection on.", enabled: true),
        Switch(console, "disable", "Switches a connection off; its settings stay.", enabled: false),
    };

    /// <summary>The connection of this name as it is configured.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static ConfiguredConnection Find(IConfiguration configuration, string name)
    {
        var connections = Asked.Of(() => ConfiguredConnection.Read(configuration));
        return connections.FirstOrDefault(connection => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserException($"There is no connection \"{name}\".{Nearest.Hint(name, [.. connections.Select(connection => connection.Name)])} See cxo connections list.");
    }

    private static Command List(IAnsiConsole console) =>
        new Command("list", "Lists connections with their plugin, state, and where they are configured.").Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            await installation.Services.GetRequiredService<PluginHost>().LoadAsync(cancellation);
            var connections = installation.Services.GetRequiredService<IConnections>().Connections;
            var table = Tables.New("Connection", "Plugin", "Can", "State", "Configured in", "Reason and what to do");
            foreach (var (connection, configured) in connections.Zip(ConfiguredConnection.Read(installation.Configuration)))
            {
                table.AddRow(new Text(connection.Name), new Text(connection.PluginId), new Text(string.Join(", ", connection.Capabilities)),
                    Tables.State(connection.Report.State), new Text(Place(configured, installation.SettingsFile)), PluginsCommand.Why(connection.Report));
            }

            console.Write(table);
            return 0;
        });

    private static string Place(ConfiguredConnection configured, string settingsFile) =>
        configured.EnabledInSettings is null ? configured.Place : $"{Path.GetFileName(settingsFile)}, {configured.Place}";

    private static Command Switch(IAnsiConsole console, string verb, string description, bool enabled)
    {
        var name = new Argument<string>("name") { Description = "The connection's name." };
        return new Command(verb, description) { name }.Does(console, (parsed, _) =>
        {
            var (_, configuration, settings, _) = Installation.Read(Cli.PlaceOf(parsed));
            var connection = Find(configuration, parsed.GetValue(name)!);
            var folder = new ConnectionFolder(settings.Core.DataFolder);
            Asked.Of(() =>
            {
                if (connection.EnabledInSettings is { } inSettings)
                    folder.Override(connection.Name, inSettings == enabled ? null : enabled);
                else
                    folder.Switch(connection.Name, enabled);
                return true;
            });
            console.Say(Color.Green, "ok", $"      {connection.Name} is switched {(enabled ? "on" : "off")}; a running service takes that up by itself.");
            return Task.FromResult(0);
        });
    }
}
