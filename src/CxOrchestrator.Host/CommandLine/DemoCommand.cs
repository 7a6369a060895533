using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Host.Clock;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Demo;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>demo</c>: a month of a small shop in a minute, on embedded defaults, with nothing installed; then keeps running.</summary>
internal static class DemoCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var exit = new Option<bool>("--exit") { Description = "End after the summary instead of running on." };
        return new Command("demo", "Shows everything at work: 500 customers, a month in a minute, then runs on so that you can look around.") { exit }
            .Does(console, (parsed, cancellation) => RunAsync(parsed, parsed.GetValue(exit), console, cancellation));
    }

    private static async Task<int> RunAsync(ParseResult parsed, bool exit, IAnsiConsole console, CancellationToken cancellation)
    {
        var place = Cli.PlaceOf(parsed);
        var folder = Path.Combine(Installation.Read(place).Settings.Core.DataFolder, "demo");
        Directory.CreateDirectory(folder);
        using var alone = EngineLock.Take(folder);
        Clear(folder);

        var real = TimeProvider.System;
        var began = real.GetTimestamp();
        var customerTime = new ScaledTimeProvider(real, real.GetUtcNow().AddDays(-DemoRun.DaysBack), real.GetUtcNow(), speed: 1);
        var clocks = new Clocks(customerTime, real);
        await using var installation = Installation.Open(
            place with { Overrides = [.. place.Overrides, new("Data:Folder", folder), new("Storage:File", ""), new("Content:PublishAtStart", "true")] }, clocks);
        await RunCommand.StartAsync(installation, console, cancellation);
        var services = installation.Services;
        var run = new DemoRun(services.GetRequiredService<ICustomerStore>(), services.GetRequiredService<IEventIntake>(), clocks, customerTime);

        using var http = new HttpClient();
        var crowd = new DemoCrowd(services.GetRequiredService<IConnections>(), clocks, new SurveyVisitor(http, real));
        await LiveAsync(console, run, crowd, cancellation);
        await ShowAsync(console, installation, crowd, real.GetElapsedTime(began), cancellation);
        if (exit)
            return 0;
        console.WriteLine("Running on in real time. Stop with Ctrl+C.");
        await installation.App.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static Task LiveAsync(IAnsiConsole console, DemoRun run, DemoCrowd crowd, CancellationToken cancellation) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async progress =>
        {
            var people = progress.AddTask($"{DemoRun.People} customers", maxValue: DemoRun.People);
            await run.AddPeopleAsync(count => people.Increment(count), cancellation);
            var month = progress.AddTask("a month of events", maxValue: 1);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var living = crowd.LiveAsync(stop.Token);
            DateTimeOffset? began = null;
            await run.ReplayAsync((done, all, now) =>
            {
                began ??= now;
                month.Value = (now - began.Value).TotalDays / DemoRun.DaysBack;
                month.Description = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}: {done}/{all} events, {crowd.Answered} answers");
            }, cancellation);
            month.Value = 1;
            await stop.CancelAsync();
            await living;
        });

    private static async Task ShowAsync(IAnsiConsole console, Installation installation, DemoCrowd crowd, TimeSpan took, CancellationToken cancellation)
    {
        var services = installation.Services;
        BooksCommand.Show(console, await services.GetRequiredService<IBooksStore>().ReadAsync(cancellation));
        var scores = await services.GetRequiredService<ISurveyStore>().ScoresAsync(DateTimeOffset.MinValue, cancellation);
        var nps = scores.Where(score => score.Survey == "nps").ToList();
        var answers = nps.Sum(score => score.Count);
        if (answers > 0)
        {
            var (promoters, detractors) = (nps.Where(score => score.Score >= 9).Sum(score => score.Count), nps.Where(score => score.Score <= 6).Sum(score => score.Count));
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"NPS {100.0 * (promoters - detractors) / answers:+0;-0;0} from {answers} answers: {promoters} promoters, {answers - promoters - detractors} passives, {detractors} detractors");
        }

        var url = installation.Settings.Core.PublicUrl.AbsoluteUri.TrimEnd('/');
        var someone = await TellingCustomerAsync(services, cancellation);
        var table = Tables.New("Look at", "Address");
        table.Row("Start page", $"{url}/");
        table.Row("Outbox", $"{url}/outbox");
        if (crowd.FreeLink is { } link)
            table.Row("A survey", link.AbsoluteUri);
        if (someone is { } customer)
            table.Row("A timeline", $"{url}/customers/{customer:N}");
        table.Row("Cases", $"{url}/cases");
        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{DemoRun.DaysBack} days went by in {took.TotalSeconds:0} s.");
    }

    // Somebody with a case, whose timeline has everything on it.
    private static async Task<Guid?> TellingCustomerAsync(IServiceProvider services, CancellationToken cancellation) =>
        (await services.GetRequiredService<Core.Cases.ICaseStore>().ListAsync(null, 1, cancellation)) is [var first, ..] ? first.CustomerId : null;

    // Every demo begins afresh; the folder is the demo's own.
    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != "cxo.lock"))
            File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder))
            Directory.Delete(inner, recursive: true);
    }
}
