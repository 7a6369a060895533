using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys list|validate|plan|simulate|publish|results|rollback|pause|resume|drain|stop</c>.</summary>
internal static class JourneysCommand
{
    public static Command Build(IAnsiConsole console) =>
        new("journeys", "Journeys, with their messages and surveys.")
        {
            List(console), Validate(console), JourneysPlanCommand.Build(console), JourneysSimulateCommand.Build(console), JourneysPublishCommand.Build(console), JourneysRollbackCommand.Build(console),
            JourneysResults.Build(console),
            JourneysStateCommand.Pause(console), JourneysResumeCommand.Build(console), JourneysStateCommand.Drain(console), JourneysStateCommand.Stop(console),
        };

    private static Command List(IAnsiConsole console) =>
        new Command("list", "Lists journeys in force, how they stand, and how many customers walk them. One stays in force when its file is removed.").Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var content = installation.Services.GetRequiredService<IPublishedContent>();
            await content.RefreshAsync(cancellation);
            var counts = await installation.Services.GetRequiredService<IEnrolmentStore>().CountAsync(cancellation);
            var states = await installation.Services.GetRequiredService<IJourneyStateStore>().AllAsync(cancellation);
            Show(console, content, counts, states.ToDictionary(state => state.Journey), FilesOf(installation));
            foreach (var open in await installation.Services.GetRequiredService<IPublicationStore>().OpenAsync(cancellation))
                console.WriteLine($"{open.Journey}: the publication of version {open.Version} still moves people; a running service goes on with it.");
            return 0;
        });

    private static Command Validate(IAnsiConsole console) =>
        ContentCheck.Command("validate", "Checks journeys, messages and surveys: all faults at once, with file, line and column.", console);

    // Null where the folder can't be read: then nothing is said about files.
    private static HashSet<string>? FilesOf(Installation installation)
    {
        try
        {
            var folder = ContentFolder.Load(ContentFiles.Read(installation.Settings.Core.ContentFolder), installation.Settings.Core.DefaultLocale);
            return [.. folder.Journeys.Select(parse => parse.Key).OfType<string>()];
        }
        catch (UserException)
        {
            return null;
        }
    }

    private static void Show(
        IAnsiConsole console, IPublishedContent content, IReadOnlyList<EnrolmentCount> counts, Dictionary<string, JourneyState> states, HashSet<string>? files)
    {
        var table = Tables.New("Journey", "Version", "Begins with", "Purpose", "Under way", "Ended", "Failed", "State");
        foreach (var journey in content.Journeys.Values.OrderBy(journey => journey.Key, StringComparer.Ordinal))
        {
            table.Row(journey.Key, Tables.Count(journey.Version), Begins(journey.Trigger), journey.Purpose.ToString(),
                Count(journey.Key, EnrolmentState.Active), Count(journey.Key, EnrolmentState.Completed, EnrolmentState.Exited), Count(journey.Key, EnrolmentState.Failed),
                State(journey.Key));
        }

        console.Write(table);

        string State(string key) => (states.GetValueOrDefault(key) is { TakesIn: false } state ? state.Words["the journey was ".Length..] : "live")
            + (files?.Contains(key) == false ? "; no file in the content folder" : "");

        string Count(string key, params EnrolmentState[] states) =>
            Tables.Count(counts.Where(count => count.Journey == key && states.Contains(count.State)).Sum(count => count.Count));
    }

    private static string Begins(Trigger trigger) => trigger switch
    {
        EventTrigger on => TriggerWords.Of(on),
        ScheduleTrigger schedule => $"{schedule.Cron} ({schedule.TimeZone})",
        _ => "",
    };
}
