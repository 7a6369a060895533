using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>migrate</c>: brings the schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Build(IAnsiConsole console) =>
        new Command("migrate", "Brings the store's schema up to date; safe to run twice.").Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            try
            {
                var applied = await installation.Services.GetRequiredService<ISchema>().MigrateAsync(cancellation);
                foreach (var name in applied)
                    console.WriteLine($"applied {name}");
                console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"{applied.Count} migration(s) applied.");
                return 0;
            }
            catch (InvalidOperationException error)
            {
                throw new UserException(error.Message, error);
            }
        });
}
