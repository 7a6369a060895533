using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>books</c>: everything that came in beside everything that became of it; exit code 1 where they don't balance.</summary>
internal static class BooksCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Build(IAnsiConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        return new Command("books", "Shows what came in beside what became of it; exit code 1 where the books don't balance.") { json }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var books = await installation.Services.GetRequiredService<IBooksStore>().ReadAsync(cancellation);
                if (parsed.GetValue(json))
                    Console.Out.WriteLine(JsonSerializer.Serialize(books, Json));
                else
                    Show(console, books);
                return books.Faults().Count == 0 ? 0 : 1;
            });
    }

    public static void Show(IAnsiConsole console, Books books)
    {
        var table = Tables.New("What", "Count", "Of which");
        table.Row("Events", Tables.Count(books.Events), Parts(books.Decisions) + (books.EventsWaiting > 0 ? $", waiting {Tables.Count(books.EventsWaiting)}" : ""));
        table.Row("Enrolments", Tables.Count(books.EnrolmentsByEvent + books.EnrolmentsBySchedule),
            $"by event {Tables.Count(books.EnrolmentsByEvent)}, by schedule {Tables.Count(books.EnrolmentsBySchedule)}");
        table.Row("Deliveries", Tables.Count(books.DeliveryRows), Parts(books.Deliveries));
        table.Row("Answers", Tables.Count(books.Responses), $"answered or changed {Tables.Count(books.ResponseRevisions)} times");
        table.Row("Cases", Tables.Count(books.Cases.Values.Sum()), Parts(books.Cases));
        table.Row("Write-backs", Tables.Count(books.WriteBacks.Values.Sum()), Parts(books.WriteBacks));
        if (books.EventsDropped + books.LedgerRowsDropped > 0)
            table.Row("Dropped, being old", Tables.Count(books.EventsDropped + books.LedgerRowsDropped),
                $"events {Tables.Count(books.EventsDropped)} (what was decided on them is counted above), deliveries {Tables.Count(books.LedgerRowsDropped)}");
        console.Write(table);
        foreach (var fault in books.Faults())
            console.Say(Color.Red, $"Does not balance: {fault}");
        if (books.Faults().Count == 0)
            console.WriteLine("The books balance.");
    }

    private static string Parts<T>(IReadOnlyDictionary<T, long> counts)
        where T : notnull => string.Join(", ", counts.Where(pair => pair.Value > 0).Select(pair => $"{Words(pair.Key)} {Tables.Count(pair.Value)}"));

    // ReentryRefused → "reentry refused"
    private static string Words<T>(T value) =>
        string.Concat((value?.ToString() ?? "").Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
