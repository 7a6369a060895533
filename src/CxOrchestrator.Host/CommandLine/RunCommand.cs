using System.CommandLine;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Engine.Doctor;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using CxOrchestrator.Host.Settings;
using CxOrchestrator.Plugins;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>run</c>: everything, until stopped.</summary>
internal static class RunCommand
{
    public static Command Build(IAnsiConsole console) =>
        new Command("run", "Runs the service until it is stopped (default).").Does(console, (parsed, cancellation) => RunAsync(parsed, console, cancellation));

    public static async Task<int> RunAsync(ParseResult parsed, IAnsiConsole console, CancellationToken cancellation)
    {
        await using var installation = Installation.Open(Cli.PlaceOf(parsed), quiet: false);
        using var alone = EngineLock.Take(installation.Settings.Core.DataFolder);
        await StartAsync(installation, console, cancellation);
        console.WriteLine($"Listening on {installation.Settings.Listen}. Stop with Ctrl+C.");
        await installation.App.WaitForShutdownAsync(cancellation);
        return 0;
    }

    /// <summary>Brings an installation up: schema, plugins, content, then the loops and the pages.</summary>
    public static async Task StartAsync(Installation installation, IAnsiConsole console, CancellationToken cancellation)
    {
        var services = installation.Services;
        var store = new StorePatience(console, TimeProvider.System);
        await store.DoAsync(() => Store.ReadyAsync(services, cancellation), cancellation);
        await store.DoAsync(() => SharedSigningKey.CheckAsync(services, cancellation), cancellation);
        await services.GetRequiredService<PluginHost>().LoadAsync(cancellation);
        // Before anybody is walked on.
        await store.DoAsync(() => services.GetRequiredService<JourneyPublisher>().FinishOpenAsync(cancellation), cancellation);
        if (installation.Settings.PublishAtStart)
            await Publishing.PublishAsync(services, console, cancellation);
        await store.DoAsync(() => services.GetRequiredService<IPublishedContent>().RefreshAsync(cancellation), cancellation);
        await store.DoAsync(() => CalendarsAsync(services, cancellation), cancellation);
        // Not before what may take longer than a lease: the loops, which renew it, begin next.
        await store.DoAsync(() => RegisterAsync(services, cancellation), cancellation);
        try
        {
            await installation.App.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            throw new UserException($"{installation.Settings.Listen} can't be listened on: {error.Message} Name another address with --set Web:Listen=http://127.0.0.1:PORT", error);
        }
    }

    // Dates that somebody waits for are never counted by another calendar than the one that was meant.
    private static async Task CalendarsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var missing = await services.GetRequiredService<CalendarExam>().ExamineAsync(cancellation);
        if (missing.Count > 0)
            throw new UserException(string.Join(Environment.NewLine, missing.Select(one => $"{one.What}. {one.WhatToDo}")));
    }

    private static async Task RegisterAsync(IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            await services.GetRequiredService<NodeHeart>().RegisterAsync(cancellation);
        }
        catch (InvalidOperationException error)
        {
            throw new UserException(error.Message, error);
        }
    }
}
