using System.CommandLine;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using CxOrchestrator.Plugins.Settings;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>connections add</c>: asks for each setting that the plugin declares, or takes them from <c>--set</c>.</summary>
internal static class ConnectionsAddCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var name = new Argument<string>("name") { Description = "A name for the connection, such as \"support mailbox\"." };
        var plugin = new Option<string>("--plugin") { Description = "The plugin's id; see cxo plugins list.", Required = true };
        // Takes the place of the option for settings of the installation, which can stand before the verb.
        var set = new Option<string[]>("--set") { Description = "A setting of the connection: --set Host=smtp.example.com. May be repeated. Lists are parted by commas; secrets are references." };
        return new Command("add", "Adds a connection; asks for each setting that isn't given by --set.") { name, plugin, set }.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            var (called, pluginId) = (parsed.GetValue(name)!, parsed.GetValue(plugin)!);
            Free(installation, called);
            await Store.ReadyAsync(installation.Services, cancellation);
            var plugins = installation.Services.GetRequiredService<PluginHost>();
            await plugins.LoadAsync(cancellation);
            var form = plugins.DescribeSettings(pluginId) ?? throw NoPlugin(plugins.Connections, pluginId);
            var given = SettingArguments.Read(parsed.GetValue(set) ?? [], form);
            var settings = console.Profile.Capabilities.Interactive ? SettingPrompts.Ask(console, form, given) : given;
            var faults = plugins.CheckSettings(pluginId, new ConfigurationBuilder().AddInMemoryCollection(settings).Build()) ?? [];
            if (faults.Count > 0)
            {
                foreach (var fault in faults)
                    console.Say(Color.Red, "fault", $"   {fault}");
                console.WriteLine($"The connection {called} was not added.");
                return 1;
            }

            var folder = new ConnectionFolder(installation.Settings.Core.DataFolder);
            Asked.Of(() =>
            {
                folder.Add(called, pluginId, settings);
                return true;
            });
            console.Say(Color.Green, "ok", $"      {called} stands in {folder.FileOf(called)}; a running service takes it up by itself.");
            console.WriteLine($"See whether it works: cxo connections test \"{called}\"");
            return 0;
        });
    }

    private static void Free(Installation installation, string name)
    {
        if (ConnectionFolder.NameFault(name) is { } fault)
            throw new UserException($"{fault}.");
        var taken = Asked.Of(() => ConfiguredConnection.Read(installation.Configuration))
            .FirstOrDefault(connection => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase));
        if (taken is not null)
            throw new UserException($"There is a connection \"{taken.Name}\" already, in {taken.Place}: choose another name, or change that one.");
    }

    private static UserException NoPlugin(IConnections connections, string id)
    {
        var found = connections.Plugins.FirstOrDefault(plugin => string.Equals(plugin.Id, id, StringComparison.OrdinalIgnoreCase));
        return new UserException(found is null
            ? $"There is no plugin \"{id}\".{Nearest.Hint(id, [.. connections.Plugins.Select(plugin => plugin.Id)])} See cxo plugins list."
            : $"The plugin {found.Id} is {found.Report.State}: {found.Report.Reason} → {found.Report.WhatToDo}");
    }
}
