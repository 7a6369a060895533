using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys list|validate|plan|publish|rollback</c>.</summary>
internal static class JourneysCommand
{
    public static Command Build(IAnsiConsole console) =>
        new("journeys", "Journeys, with their messages and surveys.") 
        {
            List(console), Validate(console), JourneysPlanCommand.Build(console), JourneysPublishCommand.Build(console), JourneysRollbackCommand.Build(console),
        };

    private static Command List(IAnsiConsole console) =>
        new Command("list", "Lists journeys in force, and how many customers walk them.").Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var content = installation.Services.GetRequiredService<IPublishedContent>();
            await content.RefreshAsync(cancellation);
            var counts = await installation.Services.GetRequiredService<IEnrolmentStore>().CountAsync(cancellation);
            Show(console, content, counts);
            return 0;
        });

    private static Command Validate(IAnsiConsole console) =>
        ContentCheck.Command("validate", "Checks journeys, messages and surveys: all faults at once, with file, line and column.", console);

    private static void Show(IAnsiConsole console, IPublishedContent content, IReadOnlyList<EnrolmentCount> counts)
    {
        var table = Tables.New("Journey", "Version", "Begins with", "Purpose", "Under way", "Ended", "Failed");
        foreach (var journey in content.Journeys.Values.OrderBy(journey => journey.Key, StringComparer.Ordinal))
        {
            table.Row(journey.Key, Tables.Count(journey.Version), Begins(journey.Trigger), journey.Purpose.ToString(),
                Count(journey.Key, EnrolmentState.Active), Count(journey.Key, EnrolmentState.Completed, EnrolmentState.Exited), Count(journey.Key, EnrolmentState.Failed));
        }

        console.Write(table);

        string Count(string key, params EnrolmentState[] states) =>
            Tables.Count(counts.Where(count => count.Journey == key && states.Contains(count.State)).Sum(count => count.Count));
    }

    private static string Begins(Trigger trigger) => trigger switch
    {
        EventTrigger on => on.On,
        ScheduleTrigger schedule => $"{schedule.Cron} ({schedule.TimeZone})",
        _ => "",
    };
}
