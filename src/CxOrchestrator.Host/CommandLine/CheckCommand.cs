using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using CxOrchestrator.Plugins;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>check</c>: settings, schema, plugins, connections, journeys, templates; all faults at once, and an exit code.</summary>
internal static class CheckCommand
{
    public static Command Build(IAnsiConsole console) =>
        new Command("check", "Checks settings, schema, plugins, connections, journeys and templates; exit code 1 where something is wrong.")
            .Does(console, (parsed, cancellation) => RunAsync(parsed, console, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, IAnsiConsole console, CancellationToken cancellation)
    {
        var place = Cli.PlaceOf(parsed);
        var (file, _, _, settingsFaults) = Installation.Read(place);
        var findings = new Findings(console);
        findings.Add($"settings ({file})", settingsFaults);
        if (settingsFaults.Count > 0)
            return findings.End();

        await using var installation = Installation.Open(place);
        var services = installation.Services;
        var (version, schemaFaults) = await SchemaAsync(installation, cancellation);
        findings.Add($"schema ({installation.Settings.Storage.Name}{version})", schemaFaults);
        var plugins = services.GetRequiredService<PluginHost>();
        await plugins.LoadAsync(cancellation);
        findings.Add("connections' settings", plugins.Faults);
        if (findings.SchemaIsThere)
            await plugins.ProbeAllAsync(cancellation);
        var connections = services.GetRequiredService<IConnections>();
        PluginsCommand.Show(console, connections);
        findings.Add("plugins", Broken(connections.Plugins.Select(plugin => (plugin.Id, plugin.Report))));
        findings.Add("connections", Broken(connections.Connections.Select(connection => (connection.Name, connection.Report))));
        findings.Add($"content ({installation.Settings.Core.ContentFolder})", Content(installation, console));
        return findings.End();
    }

    // A store that can't be reached has no version to tell, and says so where its schema is asked for.
    private static async Task<(string Version, IReadOnlyList<string> Faults)> SchemaAsync(Installation installation, CancellationToken cancellation)
    {
        var version = "";
        try
        {
            await Store.ReadyAsync(installation.Services, cancellation);
            version = $"; {await installation.Services.GetRequiredService<ISchema>().VersionAsync(cancellation)}";
            return (version, []);
        }
        catch (Exception error) when (error is UserException or InvalidOperationException)
        {
            return (version, [error.Message]);
        }
    }

    private static IReadOnlyList<string> Content(Installation installation, IAnsiConsole console)
    {
        try
        {
            var faults = Publisher.Check(ContentFiles.Read(installation.Settings.Core.ContentFolder),
                installation.Services.GetRequiredService<ContentRules>(), installation.Services.GetRequiredService<Clocks>().Now);
            Publishing.Tell(console, [.. faults.Where(fault => fault.IsWarning)]);
            return [.. faults.Where(fault => !fault.IsWarning).Select(fault => fault.ToString())];
        }
        catch (UserException error)
        {
            return [error.Message];
        }
    }

    // A connection that an admin switched off is as it should be.
    private static IReadOnlyList<string> Broken(IEnumerable<(string Name, StateReport Report)> reports) =>
        [.. reports.Where(one => one.Report.State is not (ConnectionState.Ready or ConnectionState.Disabled or ConnectionState.Discovered))
            .Select(one => $"{one.Name}: {one.Report.State}: {one.Report.Reason} → {one.Report.WhatToDo}")];

    private sealed class Findings(IAnsiConsole console)
    {
        private int _count;

        public bool SchemaIsThere { get; private set; } = true;

        public void Add(string what, IReadOnlyList<string> faults)
        {
            _count += faults.Count;
            if (what.StartsWith("schema", StringComparison.Ordinal) && faults.Count > 0)
                SchemaIsThere = false;
            if (faults.Count == 0)
                console.Say(Color.Green, "ok", $"    {what}");
            foreach (var fault in faults)
                console.Say(Color.Red, "fault", $" {what}: {fault}");
        }

        public int End()
        {
            console.WriteLine(_count == 0 ? "All is well." : $"{Tables.Number(_count, "fault")}.");
            return _count == 0 ? 0 : 1;
        }
    }
}
