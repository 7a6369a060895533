using System.CommandLine;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>explain</c>: why a customer did or did not get what a journey sends.</summary>
internal static class ExplainCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var who = new Option<string>("--customer") { Description = "Our id, or the beginning of an address, number, name or id elsewhere.", Required = true };
        var journey = new Option<string>("--journey") { Description = "The journey's key.", Required = true };
        var about = new Option<string?>("--event") { Description = "Only what this event did: SOURCE/ID." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        return new Command("explain", "Says why a customer did or did not get what a journey sends: the whole chain, and how it ends.") { who, journey, about, json }
            .Does(console, async (parsed, cancellation) =>
            {
                var name = parsed.GetValue(about) is not { } text ? null
                    : EventName.Parse(text) ?? throw new UserException($"--event {text}: write its source and its id there, such as --event shop/4711");
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var customer = await CustomerLookup.FindAsync(installation.Services.GetRequiredService<ICustomerStore>(), parsed.GetValue(who)!, cancellation);
                var explanation = await installation.Services.GetRequiredService<IExplainer>()
                    .ExplainAsync(customer, parsed.GetValue(journey)!, name, cancellation);
                if (parsed.GetValue(json))
                    console.Json(explanation);
                else
                    Show(console, explanation);
                return explanation.Outcome is ChainOutcome.JourneyUnknown or ChainOutcome.EventUnknown ? 1 : 0;
            });
    }

    private static void Show(IAnsiConsole console, Explanation told)
    {
        console.WriteLine(told.Sentence);
        var until = told.Until is { } at ? $" (until {Tables.Time(at)} UTC)" : "";
        console.WriteLine($"Outcome: {told.Outcome}{until}");
        if (told.Sections.Count == 0)
            return;
        var tree = new Tree(new Text("Times are UTC."));
        foreach (var section in told.Sections)
        {
            var node = tree.AddNode(new Text(section.Title, new Style(Color.Blue)));
            var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(16)).AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach (var line in section.Lines)
                grid.AddRow(new Text(Tables.Time(line.At)), new Text(line.About), new Text(line.Text));
            node.AddNode(grid);
        }

        console.Write(tree);
    }
}
