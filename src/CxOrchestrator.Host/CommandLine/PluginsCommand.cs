using System.CommandLine;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>plugins list|install|upgrade|remove|verify</c>.</summary>
internal static class PluginsCommand
{
    public static Command Build(IAnsiConsole console) => new("plugins", "Connector plugins.")
    {
        List(console),
        PluginsInstallCommand.Build(console),
        PluginsInstallCommand.BuildUpgrade(console),
        PluginsRemoveCommand.Build(console),
        PluginsVerifyCommand.Build(console),
    };

    public static void Show(IAnsiConsole console, IConnections connections)
    {
        var plugins = Tables.New("Plugin", "Version", "State", "Since", "Reason and what to do");
        foreach (var plugin in connections.Plugins)
        {
            plugins.AddRow(new Text(plugin.Id), new Text(plugin.Version), Tables.State(plugin.Report.State),
                new Text(Tables.Time(plugin.Report.Since)), Why(plugin.Report));
        }

        console.Write(plugins);
        var table = Tables.New("Connection", "Plugin", "State", "Since", "Reason and what to do");
        foreach (var connection in connections.Connections)
        {
            table.AddRow(new Text(connection.Name), new Text(connection.PluginId), Tables.State(connection.Report.State),
                new Text(Tables.Time(connection.Report.Since)), Why(connection.Report));
        }

        console.Write(table);
    }

    /// <summary>A state's reason and what to do about it.</summary>
    public static Text Why(StateReport report) => new(
        report.WhatToDo.Length > 0 ? $"{report.Reason} → {report.WhatToDo}" : report.Reason);

    private static Command List(IAnsiConsole console) =>
        new Command("list", "Lists plugins and connections with state, reason and what to do, and all installed versions.").Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var plugins = installation.Services.GetRequiredService<PluginHost>();
            await plugins.LoadAsync(cancellation);
            // A connector that loads well may still throw or hang when it is called.
            await plugins.ProbeAllAsync(cancellation);
            Show(console, installation.Services.GetRequiredService<IConnections>());
            InstalledOutput.Show(console, Asked.Of(() => InstalledOutput.BookOf(installation.Configuration).Read()));
            return 0;
        });
}
