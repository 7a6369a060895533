using System.CommandLine;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys publish [FILE]</c>: the whole content folder, or one journey by its plan.</summary>
internal static class JourneysPublishCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var id = new Option<string?>("--plan") { Description = "Only where the plan is still the one of this name, as journeys plan showed it." };
        var command = new Command(
            "publish", "Publishes a journey's file, with the messages and surveys that it names, and moves people as planned; without a file, everything that changed in the content folder.") { id };
        var file = PlannedFile.In(command, required: false);
        return command.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            if (file.Named(parsed) is not null)
                return await OneAsync(installation.Services, console, parsed, file, parsed.GetValue(id), cancellation);
            if (parsed.GetValue(id) is not null || file.Written(parsed).Length > 0)
                throw new UserException("--plan and --move are about one journey: name its file.");
            await Publishing.PublishAsync(installation.Services, console, cancellation);
            console.WriteLine("The published content is that of the folder.");
            return 0;
        });
    }

    private static async Task<int> OneAsync(
        IServiceProvider services, IAnsiConsole console, ParseResult parsed, PlannedFile file, string? id, CancellationToken cancellation)
    {
        var publisher = services.GetRequiredService<JourneyPublisher>();
        foreach (var left in await publisher.FinishOpenAsync(cancellation))
            console.WriteLine($"finished the publication of {left.Journey} version {left.Version}, which had been cut off");
        var plan = await file.PlanAsync(services, parsed, cancellation);
        Publishing.Tell(console, plan.Faults);
        if (!plan.Ok)
            throw new UserException($"Nothing was published: {Publishing.Count(plan.Faults)}.");
        if (id is not null && id != plan.Id)
        {
            throw new UserException(
                $"Nothing was published: this is no longer the plan {id}, but {plan.Id}. The file, a message that it names, the version in force ({plan.BaseVersion}) or a --move is another. "
                + $"Look at it: cxo journeys plan {file.Named(parsed)}{file.Written(parsed)}");
        }

        PlanOutput.Show(console, plan);
        if (!plan.Any)
        {
            console.WriteLine("Nothing to publish.");
            return 0;
        }

        var (publication, refused) = await publisher.BeginAsync(plan, cancellation);
        if (publication is null)
            throw new UserException($"Nothing was published: {refused}");
        console.WriteLine($"published journey {plan.Journey} version {plan.Version}");
        var counts = await publisher.FinishAsync(publication, decided => console.WriteLine($"  {Tables.Count(decided)} of {Tables.Count(plan.Moving + plan.Leaving)} people decided on"), cancellation);
        PlanOutput.Outcome(console, publication, counts);
        return 0;
    }
}
