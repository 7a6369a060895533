using System.CommandLine;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys rollback KEY</c>: the version before is in force again, and whoever was moved stands again where they stood.</summary>
internal static class JourneysRollbackCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var key = new Argument<string>("journey") { Description = "The journey's key." };
        return new Command(
            "rollback", "Puts the text of the version before in force again, as a new version, and everybody who was moved and has not gone on since back where they stood.") { key }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var publisher = installation.Services.GetRequiredService<JourneyPublisher>();
                var (publication, refused) = await publisher.RollBackAsync(parsed.GetValue(key)!, cancellation);
                if (publication is null)
                    throw new UserException($"Nothing was rolled back: {refused}");
                console.WriteLine($"{publication.Journey}: version {publication.Version} is in force, with the text of version {publication.Restores}. Messages and surveys stay as they are.");
                var counts = await publisher.FinishAsync(publication, null, cancellation);
                PlanOutput.Outcome(console, publication, counts);
                console.WriteLine(
                    "Whoever began in a later version, or has gone on in it, finishes there. The file in the content folder is left alone: while its text is the one that was "
                    + "rolled back, only cxo journeys publish FILE puts it in force again.");
                return 0;
            });
    }
}
