using System.CommandLine;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using CxOrchestrator.Plugins.Health;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>connections test</c>: makes the connection and asks it how it is; exit code 1 where it doesn't work.</summary>
internal static class ConnectionsTestCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var name = new Argument<string>("name") { Description = "The connection's name." };
        return new Command("test", "Makes a connection and asks the service behind it how it is; exit code 1 where it doesn't work.") { name }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                var configured = ConnectionsCommand.Find(installation.Configuration, parsed.GetValue(name)!);
                await Store.ReadyAsync(installation.Services, cancellation);
                var plugins = installation.Services.GetRequiredService<PluginHost>();
                await plugins.LoadAsync(cancellation);
                var result = await plugins.ProbeAsync(configured.Name, cancellation)
                    ?? throw new UserException($"There is no connection \"{configured.Name}\".");
                return Tell(console, result);
            });
    }

    private static int Tell(IAnsiConsole console, ProbeResult result)
    {
        if (result.Probed && result.Healthy)
            console.Say(Color.Green, "ok", $"      {result.Connection} works{(result.Text.Length == 0 ? "" : $": {result.Text}")}");
        else if (!result.Probed && result.Report.State == ConnectionState.Ready)
            console.Say(Color.Green, "ok", $"      {result.Connection}: its settings are right, and {result.Text}: whether the service answers shows with the first call.");
        else
            console.Say(Color.Red, "fault", $"   {result.Connection} is {result.Report.State}: {result.Text} → {result.Report.WhatToDo}");
        return (result.Probed && result.Healthy) || (!result.Probed && result.Report.State == ConnectionState.Ready) ? 0 : 1;
    }
}
