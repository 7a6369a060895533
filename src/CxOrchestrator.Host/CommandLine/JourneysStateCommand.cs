using System.CommandLine;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys pause|drain|stop</c>.</summary>
internal static class JourneysStateCommand
{
    public static Command Pause(IAnsiConsole console) => Build(
        console, "pause", "Nobody enters it and nobody walks it; messages that are not handed over wait. See resume.", JourneyStanding.Paused);

    public static Command Drain(IAnsiConsole console) => Build(
        console, "drain", "Nobody enters it; those under way walk to their end. See resume.", JourneyStanding.Draining);

    public static Command Stop(IAnsiConsole console) => Build(
        console, "stop", "Nobody enters it, everybody under way leaves, and what is planned is not sent. That is not taken back: resume lets people in again.", JourneyStanding.Stopped);

    private static Command Build(IAnsiConsole console, string verb, string says, JourneyStanding standing)
    {
        var word = new JourneyWord();
        return word.In(new Command(verb, says)).Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var control = installation.Services.GetRequiredService<JourneyControl>();
            var now = await word.NowAsync(control, parsed, cancellation);
            if (now.Standing == standing && standing != JourneyStanding.Stopped)
                throw new UserException($"Nothing was done: {now.Words}");
            if (now.Standing == JourneyStanding.Stopped && standing != JourneyStanding.Stopped)
                throw new UserException($"Nothing was done: {now.Words}. To let people in again: cxo journeys resume {now.Journey}");
            var (by, why) = word.Said(parsed);
            switch (standing)
            {
                case JourneyStanding.Paused:
                    console.WriteLine($"{(await control.PauseAsync(now, by, why, cancellation)).Words}. Resume it: cxo journeys resume {now.Journey}");
                    return 0;
                case JourneyStanding.Draining:
                    var draining = await control.DrainAsync(now, by, why, cancellation);
                    await control.ReleaseAsync(draining, cancellation);
                    console.WriteLine($"{draining.Words}. Those under way walk to their end: cxo journeys list");
                    return 0;
                default:
                    var stopped = now.Standing == JourneyStanding.Stopped ? now : await control.StopAsync(now, by, why, cancellation);
                    var ended = await control.EndAsync(stopped, cancellation);
                    console.WriteLine($"{stopped.Words}. {Tables.Count(ended)} walks and planned messages were ended.");
                    return 0;
            }
        });
    }
}
