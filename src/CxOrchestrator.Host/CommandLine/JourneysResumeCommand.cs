using System.CommandLine;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys resume</c>: what was held goes on; what is late is asked about first.</summary>
internal static class JourneysResumeCommand
{
    private const string Ask = "ask";
    private const string Send = "send";
    private const string Skip = "skip";

    public static Command Build(IAnsiConsole console)
    {
        var word = new JourneyWord();
        var late = new Option<string>("--late")
        {
            Description = "What is held and was due longer ago than the setting Journeys:LateAfter: send it all the same; skip it, so that late messages expire and late walks leave; or ask.",
            DefaultValueFactory = _ => Ask,
        };
        late.AcceptOnlyFromAmong(Ask, Send, Skip);
        return word.In(new Command("resume", "Lets people in and walks them again; what a pause held goes on where it was.") { late }).Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var control = installation.Services.GetRequiredService<JourneyControl>();
            var now = await word.NowAsync(control, parsed, cancellation);
            if (now.Standing == JourneyStanding.Live)
                throw new UserException($"Nothing was done: {now.Journey} is live.");
            var held = await control.HeldAsync(now, cancellation);
            var skip = held.Late > 0 && Answer(console, parsed.GetValue(late)!, now, held) == Skip;
            var (by, why) = word.Said(parsed);
            var live = await control.ResumeAsync(now, by, why, skip, cancellation);
            var released = await control.ReleaseAsync(live, cancellation);
            console.WriteLine($"{live.Words}. {Tables.Count(released)} walks and messages that were held {(skip ? $"go on, but for {Tables.Count(held.Late)} that were late" : "go on")}.");
            return 0;
        });
    }

    private static string Answer(IAnsiConsole console, string late, JourneyState now, HeldCount held)
    {
        var told = $"{Tables.Number((int)Math.Min(held.LateMessages, int.MaxValue), "message")} and {Tables.Number((int)Math.Min(held.LateWalks, int.MaxValue), "walk")} of {now.Journey} are late: {now.Words}.";
        if (late != Ask)
            return late;
        if (!console.Profile.Capabilities.Interactive)
            throw new UserException($"{told} Say what is to become of them: cxo journeys resume {now.Journey} --late send (or --late skip)");
        console.WriteLine(told);
        return console.Prompt(new TextPrompt<string>("send them all the same, or skip them?").AddChoice(Send).AddChoice(Skip));
    }
}
