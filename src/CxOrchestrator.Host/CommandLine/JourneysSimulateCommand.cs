using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Simulating;
using CxOrchestrator.Web.Simulations;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys simulate [FILE ...]</c>: what would happen, before it happens.</summary>
internal sealed class JourneysSimulateCommand
{
    private const int LongestDays = 730;

    private readonly Argument<string[]> _files = new("file") { Description = "Journeys' files, in the place of what is in force; none runs what is in force.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _customers = new("--customers") { Description = "all, a number of them (the same for the same seed), or one customer. Default: all.", DefaultValueFactory = _ => "all" };
    private readonly Option<int> _days = new("--days") { Description = $"How many days, 1 to {LongestDays}. Default: 90.", DefaultValueFactory = _ => 90 };
    private readonly Option<string?> _from = new("--from") { Description = "When it begins, such as 2026-03-01 or 2026-03-01T08:00Z. Default: now." };
    private readonly Option<long> _seed = new("--seed") { Description = "Another number is another crowd. Default: 1.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _answers = new("--answers") { Description = "How customers answer: history, none, or a file of rates (see the README). Default: history.", DefaultValueFactory = _ => "history" };
    private readonly Option<string[]> _rates = new("--rate") { Description = "How many answer a survey, in the place of that: --rate nps=30%. May be repeated." };
    private readonly Option<string> _events = new("--events") { Description = "What happens to them: replay (what happened in the time before comes again, whole weeks later), none, or a file of NDJSON. Default: replay.", DefaultValueFactory = _ => "replay" };
    private readonly Option<string[]> _segments = new("--segment") { Description = "Who is in a segment of the CRM, which is not asked: --segment NAME=FILE, an id of the CRM on each line. May be repeated." };
    private readonly Option<string> _step = new("--step") { Description = "How often it looks what is due; 0 looks at every second at which anything is. Default: 15 minutes.", DefaultValueFactory = _ => "15 minutes" };
    private readonly Option<bool> _alone = new("--no-diff") { Description = "Don't run what is in force beside it." };
    private readonly Option<string?> _csv = new("--csv") { Description = "Writes every message to this file: to whom, when, by which channel, or why not." };
    private readonly Option<string?> _page = new("--page") { Description = "Writes a page with charts to this file." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private JourneysSimulateCommand()
    {
    }

    public static Command Build(IAnsiConsole console)
    {
        var own = new JourneysSimulateCommand();
        return new Command("simulate", "Shows who would get what and when, on the real customers, consents and rules, before it happens. Sends nothing and changes nothing.")
        {
            own._files, own._customers, own._days, own._from, own._seed, own._answers, own._rates, own._events, own._segments, own._step, own._alone, own._csv, own._page, own._json,
        }.Does(console, (parsed, cancellation) => own.RunAsync(parsed, console, cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, IAnsiConsole console, CancellationToken cancellation)
    {
        var order = Order(parsed);
        await using var installation = Installation.Open(Cli.PlaceOf(parsed));
        await Store.CheckAsync(installation.Services, cancellation);
        await using var run = new SimulationRun(installation.Services, order);
        var report = await ReportAsync(run, parsed.GetValue(_json), console, cancellation);
        if (parsed.GetValue(_json))
            console.Json(report);
        else
            SimulationOutput.Show(console, report);
        if (parsed.GetValue(_csv) is { } csv)
            await WriteAsync(csv, () => SimulationCsv.WriteAsync(csv, run.Book!, run.World!.Customers, cancellation));
        if (parsed.GetValue(_page) is { } page)
            await WriteAsync(page, () => File.WriteAllTextAsync(page, SimulationPage.Of(report), cancellation));
        return 0;
    }

    // Where no terminal takes the bars they are printed as lines, of which a reader of JSON knows nothing.
    private static async Task<SimulationReport> ReportAsync(SimulationRun run, bool json, IAnsiConsole console, CancellationToken cancellation) => json
        ? await run.RunAsync(new SimulationBars(null), cancellation)
        : await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bars => run.RunAsync(new SimulationBars(bars), cancellation));

    private SimulationOrder Order(ParseResult parsed)
    {
        var days = parsed.GetValue(_days);
        if (days is < 1 or > LongestDays)
            throw new UserException($"--days {days}: write a number from 1 to {LongestDays}.");
        return new SimulationOrder
        {
            Files = parsed.GetValue(_files) ?? [],
            Customers = parsed.GetValue(_customers)!,
            Days = days,
            From = parsed.GetValue(_from) is { } from ? Time(from) : null,
            Seed = parsed.GetValue(_seed),
            Answers = parsed.GetValue(_answers)!,
            Rates = parsed.GetValue(_rates) ?? [],
            Events = parsed.GetValue(_events)!,
            Segments = parsed.GetValue(_segments) ?? [],
            Step = Step(parsed.GetValue(_step)!),
            Compares = !parsed.GetValue(_alone),
        };
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UserException($"--from {text}: write a day or a time, such as 2026-03-01 or 2026-03-01T08:00Z");

    private static TimeSpan Step(string text)
    {
        if (text.Trim() == "0")
            return TimeSpan.Zero;
        return DurationText.TryParse(text, out var duration, out var error) && duration is { Days: 0, CountsBusiness: false } && duration.Clock > TimeSpan.Zero
            && TimeSpan.TicksPerDay % duration.Clock.Ticks == 0
            ? duration.Clock
            : throw new UserException($"--step {text}: {error ?? "write a part of a day, such as 15 minutes or 1 hour; 0 for every second"}");
    }

    private static async Task WriteAsync(string file, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Path.GetFullPath(file)} can't be written: {error.Message}", error);
        }
    }
}
