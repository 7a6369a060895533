using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.SampleShop;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Simulating;

/// <summary>
/// Five journeys that compete for the customers of a shop, simulated as <c>journeys simulate</c> does it: from the copy of the store to the last message. Beside
/// it the bare rows that any such run has to write, in the same file format with no rule behind them.
/// </summary>
internal static class SimulateCommand
{
    private const double Line = 60;
    private const string Crm = "crm";
    private static readonly DateTimeOffset From = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", 10_000);
        var days = (int)options.Whole("--days", 90);
        var repeats = (int)options.Whole("--repeats", 3);
        options.RefuseOthers();
        List<SimulateRound> rounds = [];
        LongWork.Do("simulating", work => rounds = MeasureAsync(work, customers, days, repeats).GetAwaiter().GetResult());
        return Print(rounds, customers, days);
    }

    private static async Task<List<SimulateRound>> MeasureAsync(LongWork work, int customers, int days, int repeats)
    {
        using var folder = new ScratchFolder();
        var settings = new CoreSettings { DataFolder = folder.Path, ContentFolder = folder.Path, PublicUrl = new Uri("https://shop.example"), EventTypes = ShopContent.Types, Attention = ShopCrowd.Attention };
        await using var shop = new ServiceCollection().AddSqliteStorage(Path.Combine(folder.Path, "shop.db")).BuildServiceProvider();
        await shop.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        var publisher = new Publisher(shop.GetRequiredService<IContentStore>(), ContentRules.Of(settings, CronCheck.Fault));
        var report = await publisher.PublishAsync(ShopContent.Files, From, CancellationToken.None);
        if (!report.Ok)
            throw new InvalidOperationException(string.Join('\n', report.Faults));
        var gold = await ShopCrowd.AddAsync(shop.GetRequiredService<ICustomerStore>(), shop.GetRequiredService<IConsentStore>(), Crm, customers, From);
        var events = ShopCrowd.Events(customers, From, days);
        var rounds = new List<SimulateRound>();
        for (var round = 0; round < repeats; round++)
        {
            var copy = Path.Combine(folder.Path, $"copy-{round}.db");
            var watch = Stopwatch.StartNew();
            var cpu = Environment.CpuUsage.TotalTime;
            await shop.GetRequiredService<IStoreCopy>().CopyAsync(copy, new CopyScope(From.AddDays(-400), null), CancellationToken.None);
            var copied = watch.Elapsed;
            var terms = new SimulationTerms { From = From, To = From.AddDays(days), Rates = ShopCrowd.Rates };
            var looks = 0;
            await using var simulated = Simulated(copy, settings, terms, gold, events);
            var book = await simulated.GetRequiredService<ISimulation>().RunAsync(
                new Told(now =>
                {
                    looks++;
                    work.Tell((round + ((now - From) / (terms.To - From))) / repeats, $"{now:yyyy-MM-dd}");
                }), CancellationToken.None);
            var took = watch.Elapsed;
            var processor = Environment.CpuUsage.TotalTime - cpu;
            rounds.Add(new SimulateRound(took, copied, processor, looks, book.Events, book.Sends.Count, book.Unsent.Count, book.Answers, BareRows.Write(folder.Path, book)));
        }

        return rounds;
    }

    private static ServiceProvider Simulated(
        string copy, CoreSettings settings, SimulationTerms terms, IReadOnlyList<string> gold, IReadOnlyList<Core.Events.IncomingEvent> events)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddScratchStorage(copy);
        var connections = new SimulatedConnectionSet(
            [new SimulatedConnection(Crm, "any", [Capability.EmailSender, Capability.SmsSender, Capability.CrmReader, Capability.TicketWriter], 0)],
            new Dictionary<Capability, string>());
        var segments = new SegmentMembers(new Dictionary<string, IReadOnlyList<string>> { [ShopContent.Segment] = gold });
        return services.AddSimulation(settings, terms, connections, segments, _ => new GivenEvents(events, terms.From, terms.To)).BuildServiceProvider();
    }

    private static int Print(List<SimulateRound> rounds, int customers, int days)
    {
        var table = new Table().AddColumns("seconds", "of it copying", "processor, seconds", "looks", "events", "messages", "not sent", "answers", "bare rows, seconds", "ratio");
        foreach (var round in rounds)
        {
            table.AddRow($"{round.Took.TotalSeconds:0.0}", $"{round.Copied.TotalSeconds:0.0}", $"{round.Processor.TotalSeconds:0.0}", $"{round.Looks:#,0}", $"{round.Events:#,0}",
                $"{round.Messages:#,0}", $"{round.Unsent:#,0}", $"{round.Answers:#,0}", $"{round.Bare.TotalSeconds:0.0}", $"{round.Took / round.Bare:0.0}");
        }

        AnsiConsole.Write(table);
        var took = Spread.Of([.. rounds.Select(round => round.Took.TotalSeconds)]);
        var verdicts = new Verdicts();
        verdicts.Note(took.Median < Line, $"{ShopContent.Journeys.Count} journeys, {customers:#,0} customers, {days} days: {took.Median:0.0} s ({took.Low:0.0}–{took.High:0.0}); the line is {Line:0} s on 2 cores");
        return verdicts.ExitCode;
    }

    private sealed class Told(Action<DateTimeOffset> tell) : IProgress<DateTimeOffset>
    {
        public void Report(DateTimeOffset value) => tell(value);
    }
}
