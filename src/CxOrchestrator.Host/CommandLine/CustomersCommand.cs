using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>customers import|show</c>.</summary>
internal static class CustomersCommand
{
    public static Command Build(IAnsiConsole console) => new("customers", "Customers and their timelines.") { Import(console), Show(console) };

    private static Command Import(IAnsiConsole console)
    {
        var file = new Argument<string>("file") { Description = "CSV with a header." };
        var map = new Option<string[]>("--map")
        {
            Description = "May be repeated: id.SOURCE=COLUMN (the first is who the customer is), name=, givenName=, email=, phone=, locale=, timeZone=, attr.NAME=COLUMN. After := stands a value; with {{ row.COLUMN }} it is a template.",
            Required = true,
        };
        var where = new Option<string?>("--where") { Description = "Takes only rows for which this holds: row.country == \"TH\"" };
        var refusedTo = new Option<string?>("--refused-to") { Description = "Writes every refused row's line and reason to this file." };
        return new Command("import", "Imports customers from a file; safe to run twice.") { file, map, where, refusedTo }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var name = parsed.GetValue(file)!;
                return await ImportOutput.RunAsync(console, name, parsed.GetValue(refusedTo), (refused, progress) =>
                    installation.Services.GetRequiredService<CustomerFileImport>().RunAsync(new CustomerImportOptions
                    {
                        File = name,
                        Mappings = parsed.GetValue(map) ?? [],
                        Where = parsed.GetValue(where),
                        OnRefused = refused,
                        Progress = progress,
                    }, cancellation));
            });
    }

    private static Command Show(IAnsiConsole console)
    {
        var who = new Argument<string>("customer") { Description = "Our id, or the beginning of a name, address, number or id elsewhere." };
        var limit = new Option<int>("--limit") { Description = "At most so many entries.", DefaultValueFactory = _ => 50 };
        return new Command("show", "Shows a customer and the timeline, the newest first.") { who, limit }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var customers = installation.Services.GetRequiredService<ICustomerStore>();
                var customer = await CustomerLookup.FindAsync(customers, parsed.GetValue(who)!, cancellation);
                var entries = await installation.Services.GetRequiredService<ITimelineStore>()
                    .ReadAsync(customer.Id, parsed.GetValue(limit), cancellation);
                Print(console, customer, entries);
                return 0;
            });
    }

    private static void Print(IAnsiConsole console, Customer customer, IReadOnlyList<TimelineEntry> entries)
    {
        console.WriteLine($"{customer.Name} ({customer.Id:N})");
        console.WriteLine($"{customer.Locale}, {customer.TimeZone}; {string.Join(", ", customer.ContactPoints.Select(point => point.Address))}; {string.Join(", ", customer.ExternalIds.Select(CustomerLookup.Text))}");
        var table = Tables.New("When (UTC)", "What", "State", "Score", "Title", "Detail");
        foreach (var entry in entries)
        {
            table.Row(Tables.Time(entry.At), entry.Kind.ToString(), entry.State,
                entry.Score?.ToString(CultureInfo.InvariantCulture) ?? "", entry.Title, entry.Detail);
        }

        console.Write(table);
    }
}
