using System.CommandLine;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using CxOrchestrator.Sdk;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>
/// <c>connections setup</c>: what the service's side needs before a connection can do its work, and making what can be made. Exit code 1 while something
/// that is required isn't there.
/// </summary>
internal static class ConnectionsSetup
{
    public static Command Build(IAnsiConsole console)
    {
        var name = new Argument<string>("connection") { Description = "The connection's name, as the settings have it." };
        var create = new Option<bool>("--create") { Description = "Make what is missing and can be made; asks nothing." };
        var output = new Option<string?>("--out") { Description = "Write the description that an admin of the service can import or follow to this file." };
        return new Command("setup", "Lists what the service's side needs for a connection; exit code 1 while something required is missing.") { name, create, output }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                await installation.Services.GetRequiredService<PluginHost>().LoadAsync(cancellation);
                var setup = new SetupCalls(installation.Services.GetRequiredService<IConnections>(), parsed.GetValue(name)!);
                return await RunAsync(console, setup, parsed.GetValue(create), parsed.GetValue(output), cancellation);
            });
    }

    /// <summary>Lists, makes where asked, and writes the description where asked; the exit code.</summary>
    internal static async Task<int> RunAsync(IAnsiConsole console, SetupCalls setup, bool create, string? output, CancellationToken cancellation)
    {
        var items = await setup.InspectAsync(cancellation);
        if (create)
            items = await CreateAsync(console, setup, items, cancellation);
        Show(console, items);
        if (output is not null)
            await WriteAsync(console, setup, output, cancellation);
        var missing = items.Count(item => !item.Optional && item.State != SetupState.Present);
        if (missing == 0)
        {
            console.WriteLine("All that is required is there.");
            return 0;
        }

        var creatable = items.Any(item => item is { CanCreate: true, State: SetupState.Missing });
        console.WriteLine($"{Tables.Number(missing, "required item")} not there.{(creatable && !create ? " Run it with --create to make what can be made." : "")}");
        return 1;
    }

    private static async Task<IReadOnlyList<SetupItem>> CreateAsync(
        IAnsiConsole console, SetupCalls setup, IReadOnlyList<SetupItem> items, CancellationToken cancellation)
    {
        var made = 0;
        // In the order of the list: a connector names what others stand on first.
        foreach (var item in items.Where(item => item is { CanCreate: true, State: SetupState.Missing }))
        {
            if (await setup.CreateAsync(item.Id, cancellation) is { } fault)
            {
                console.Say(Color.Red, "not made", $" {item.Title}: {fault}");
                continue;
            }

            made++;
            console.Say(Color.Green, "made", $" {item.Title}");
        }

        return made > 0 ? await setup.InspectAsync(cancellation) : items;
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<SetupItem> items)
    {
        var table = Tables.New("Item", "State", "What to do");
        foreach (var item in items)
        {
            table.AddRow(
                new Text(item.Title), new Text(WordOf(item), ColorOf(item)), new Text(item.State == SetupState.Present ? "" : item.WhatToDo));
        }

        console.Write(table);
    }

    private static async Task WriteAsync(IAnsiConsole console, SetupCalls setup, string output, CancellationToken cancellation)
    {
        if (await setup.DescribeAsync(cancellation) is not { } file)
            throw new UserException($"{setup.Connection} has no description to write; the table says what to do.");
        try
        {
            await File.WriteAllBytesAsync(output, file.Content, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserException($"{output} can't be written: {error.Message}", error);
        }

        console.WriteLine($"{file.Name} was written to {output} ({Tables.Count(file.Content.Length)} bytes).");
    }

    private static string WordOf(SetupItem item) => item.Optional ? $"{item.State} (optional)" : item.State.ToString();

    private static Color ColorOf(SetupItem item) => item.State switch
    {
        SetupState.Present => Color.Green,
        SetupState.Pending => Color.Yellow,
        _ => item.Optional ? Color.Yellow : Color.Red,
    };
}
