using System.CommandLine;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>events import</c>.</summary>
internal static class EventsCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var file = new Argument<string>("file") { Description = "CSV with a header, or NDJSON (one CloudEvent a line)." };
        var source = new Option<string>("--source") { Description = "Who tells these events; their ids are unique for it.", Required = true };
        var map = new Option<string[]>("--map")
        {
            Description = "For CSV, may be repeated: id=COLUMN, subject=COLUMN, time=COLUMN, type:=order.delivered, data.NAME=COLUMN. After := stands a value; with {{ row.COLUMN }} it is a template.",
        };
        var lookup = new Option<string?>("--lookup") { Description = "Turns subjects into other ids: customers.csv:customer_id=person_id" };
        var zone = new Option<string?>("--zone") { Description = "Time zone of times without an offset; default: the company's." };
        var where = new Option<string?>("--where") { Description = "Takes only rows for which this holds: row.delivered_at != \"\"" };
        var refusedTo = new Option<string?>("--refused-to") { Description = "Writes every refused row's line and reason to this file." };
        var import = new Command("import", "Imports events from a file; safe to run twice.") { file, source, map, lookup, zone, where, refusedTo };
        import.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            // The known types are those of the published journeys.
            await installation.Services.GetRequiredService<IPublishedContent>().RefreshAsync(cancellation);
            var name = parsed.GetValue(file)!;
            return await ImportOutput.RunAsync(console, name, parsed.GetValue(refusedTo), (refused, progress) =>
                installation.Services.GetRequiredService<EventFileImport>().RunAsync(new EventImportOptions
                {
                    File = name,
                    Source = parsed.GetValue(source)!,
                    Mappings = parsed.GetValue(map) ?? [],
                    Lookup = parsed.GetValue(lookup),
                    Zone = parsed.GetValue(zone),
                    Where = parsed.GetValue(where),
                    OnRefused = refused,
                    Progress = progress,
                }, cancellation));
        });
        return new Command("events", "What happens to customers.") { import };
    }
}
