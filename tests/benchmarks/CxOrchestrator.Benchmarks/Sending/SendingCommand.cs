using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>
/// Sending end to end on one of the stores: enrolments become due, and everything is done until the mail server has taken the messages and the ledger says so.
/// Beside <c>smtp-source</c> with 8 connections.
/// </summary>
internal sealed class SendingCommand : IDisposable
{
    private const double Line = 0.40;
    private const int MostCustomers = 200_000;
    private const int WarmUp = 15_000;
    private const int Peers = 8;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ScratchFolder _folder = new();
    private readonly SmtpSink _sink = SmtpSink.Start();
    private readonly Stages _stages = new();
    private readonly SteppedClock _clock = new();
    private readonly StoreUnderTest _store;

    private SendingCommand(string store) => _store = StoreUnderTest.Of(store, _folder.Path);

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", MostCustomers);
        var repeats = (int)options.Whole("--repeats", 3);
        var connections = (int)options.Whole("--connections", 64);
        var store = options.Text("--store") ?? "sqlite";
        var aWeek = (int)options.Whole("--a-week", 0, least: 0);
        options.RefuseOthers();
        if (customers > MostCustomers || connections > 64)
            throw new FormatException($"--customers goes up to {MostCustomers:#,0}, --connections to 64.");
        using var command = new SendingCommand(store);
        // Room for all that is sent: what is measured is what it costs to look.
        var attention = aWeek == 0 ? AttentionBudget.None : new AttentionBudget([new(aWeek, TimeSpan.FromDays(7)), new(4 * aWeek, TimeSpan.FromDays(30))], [Purpose.Feedback, Purpose.Marketing]);
        List<SendingRound> rounds = [];
        LongWork.Do("sending", work => rounds = command.MeasureAsync(work, customers, repeats, connections, attention).GetAwaiter().GetResult());
        return command.Print(rounds, customers, connections);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stages.Dispose();
        _sink.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<List<SendingRound>> MeasureAsync(LongWork work, int customers, int repeats, int connections, AttentionBudget attention)
    {
        using var host = await SendingService.MakeAsync(_folder.Path, _store, _sink.Port, connections, _clock, attention: attention);
        var begin = host.Services.GetRequiredService<Clocks>().Now;
        var all = WarmUp + (repeats * customers);
        await Crowd.StoreAsync(host.Services, 0, WarmUp, begin, done => work.Tell(0.4 * done * WarmUp / all, "making customers"));
        for (var round = 0; round < repeats; round++)
        {
            var first = WarmUp + (round * customers);
            await Crowd.StoreAsync(
                host.Services, first, customers, begin + ((round + 1) * Step), done => work.Tell(0.4 * (first + (done * customers)) / all, "making customers"));
        }

        await host.StartAsync();
        await UntilAsync(WarmUp, _ => { });
        await RestAsync();
        var rounds = new List<SendingRound>();
        var before = Peer(customers);
        for (var round = 0; round < repeats; round++)
        {
            var at = 0.4 + (0.6 * round / repeats);
            var seen = await RoundAsync(customers, done => work.Tell(at + (0.6 * done / repeats), $"round {round + 1} of {repeats}"));
            var after = Peer(customers);
            rounds.Add(seen with { Theirs = (before + after) / 2 });
            before = after;
        }

        await host.StopAsync();
        return rounds;
    }

    private double Peer(int messages) => SmtpSource.Rate(_sink.Port, Peers, Math.Min(messages, 60_000), TransportCommand.Bytes);

    private async Task<SendingRound> RoundAsync(int customers, Action<double> tell)
    {
        var (accepted, stages) = (_stages.Accepted, _stages.Seconds);
        var (own, sink, store, bytes) = (Environment.CpuUsage.TotalTime, _sink.Used, _store.Used, GC.GetTotalAllocatedBytes());
        var watch = Stopwatch.StartNew();
        _clock.Advance(Step);
        await UntilAsync(accepted + customers, count => tell((count - accepted) / (double)customers));
        var seconds = watch.Elapsed.TotalSeconds;
        var round = new SendingRound(
            customers / seconds, 0, seconds, 0, (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / customers, (_sink.Used - sink).TotalMicroseconds / customers,
            (_store.Used - store).TotalMicroseconds / customers,
            (GC.GetTotalAllocatedBytes() - bytes) / (double)customers,
            _stages.Seconds.ToDictionary(stage => stage.Key, stage => stage.Value - stages.GetValueOrDefault(stage.Key)));
        await RestAsync();
        return round with { Settled = watch.Elapsed.TotalSeconds };
    }

    private async Task UntilAsync(long accepted, Action<long> tell)
    {
        var watch = Stopwatch.StartNew();
        while (_stages.Accepted < accepted)
        {
            if (watch.Elapsed > Longest || _stages.Others > 0)
                throw new InvalidOperationException($"{_stages.Accepted:#,0} of {accepted:#,0} were accepted, and {_stages.Others:#,0} came to something else.");
            tell(_stages.Accepted);
            await Task.Delay(10);
        }
    }

    // What follows from the messages (their events are decided on) goes on for a while.
    private static async Task RestAsync()
    {
        TimeSpan used;
        do
        {
            used = Environment.CpuUsage.TotalTime;
            await Task.Delay(250);
        }
        while (Environment.CpuUsage.TotalTime - used > TimeSpan.FromMilliseconds(60));
    }

    private int Print(List<SendingRound> rounds, int customers, int connections)
    {
        Console.WriteLine($"{customers:#,0} customers a round, {connections} connections; all loops of the engine run, {_store.Name} syncs at every commit");
        var table = new Table().AddColumns("round", "messages a second", "smtp-source -s 8", "ratio", "settled after", "µs of processor a message", "of the sink", "of the database", "KB allocated a message");
        for (var i = 0; i < rounds.Count; i++)
        {
            var round = rounds[i];
            table.AddRow($"{i + 1}", $"{round.Ours:#,0}", $"{round.Theirs:#,0}", $"{round.Ours / round.Theirs:0.00}", $"{round.Settled:0.0} s ({round.Seconds:0.0} s)",
                $"{round.Processor:0}", $"{round.Sink:0}", $"{round.Store:0}", $"{round.Bytes / 1024:0.0}");
        }

        AnsiConsole.Write(table);
        var stages = new Table().AddColumns("stage (they run side by side)", "µs a message", "of the time");
        foreach (var stage in rounds.SelectMany(round => round.Stages).GroupBy(stage => stage.Key))
            stages.AddRow(stage.Key, $"{stage.Sum(one => one.Value) * 1e6 / customers / rounds.Count:0.0}", $"{stage.Sum(one => one.Value) / rounds.Sum(round => round.Seconds):0%}");
        AnsiConsole.Write(stages);
        var ratio = Spread.Of([.. rounds.Select(round => round.Ours / round.Theirs)]);
        var verdicts = new Verdicts();
        verdicts.Note(ratio.Median >= Line, $"{ratio.Median:0.00} of smtp-source -s {Peers} ({ratio.Low:0.00}–{ratio.High:0.00}); the line is {Line:0.00}");
        return verdicts.ExitCode;
    }
}
