using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>
/// What a bad connection costs a good one. E-mail goes to <c>smtp-sink</c>; a tenth as many text messages are due at the same time, and the text service is bad in one of three
/// ways. Each of them takes turns with a round in which no text is due. Text messages that were not sent expire before the next round.
/// </summary>
internal sealed class SlowConnectionCommand : IDisposable
{
    private const double Line = 0.90;
    // What the texts themselves cost (walks, decisions, rows) should not be seen.
    private const int EmailsAText = 10;
    private const string Token = "CXO_BENCHMARK_TOKEN";
    private const int WarmUp = 15_000;
    private const int Connections = 32;
    private const int TextsFrom = 10_000_000;

    // Whole days, so that it is never night.
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly Badness?[] Turns = [null, Badness.NeverAnswers, null, Badness.OneASecond, null, Badness.AlwaysFails];

    private readonly ScratchFolder _folder = new();
    private readonly SmtpSink _sink = SmtpSink.Start();
    private readonly Stages _stages = new();
    private readonly SteppedClock _clock = new();
    private readonly StoreUnderTest _store;

    private SlowConnectionCommand(string store) => _store = StoreUnderTest.Of(store, _folder.Path);

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", 30_000);
        var repeats = (int)options.Whole("--repeats", 3);
        var store = options.Text("--store") ?? "sqlite";
        options.RefuseOthers();
        using var command = new SlowConnectionCommand(store);
        List<(Badness? Turn, double Rate, long Asked)> rounds = [];
        LongWork.Do("slow-connection", work => rounds = command.MeasureAsync(work, customers, repeats).GetAwaiter().GetResult());
        return command.Print(rounds, customers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stages.Dispose();
        _sink.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<List<(Badness? Turn, double Rate, long Asked)>> MeasureAsync(LongWork work, int customers, int repeats)
    {
        await using var texts = await BadTextService.StartAsync();
        Environment.SetEnvironmentVariable(Token, "nobody asks for it");
        using var host = await SendingService.MakeAsync(_folder.Path, _store, _sink.Port, Connections, _clock, Texting(texts.Address));
        var connections = host.Services.GetRequiredService<IConnections>();
        if (connections.For(Capability.SmsSender) is null)
            throw new InvalidOperationException($"The text service is not there: {string.Join("; ", connections.Connections)}; {string.Join("; ", connections.Plugins)}");
        var begin = host.Services.GetRequiredService<Clocks>().Now;
        var turns = Enumerable.Range(0, repeats).SelectMany(_ => Turns).ToList();
        await Crowd.StoreAsync(host.Services, 0, WarmUp, begin, _ => { });
        for (var round = 0; round < turns.Count; round++)
        {
            work.Tell(0.4 * round / turns.Count, "making customers");
            var due = begin + (((2 * round) + 1) * Step);
            await Crowd.StoreAsync(host.Services, WarmUp + (round * customers), customers, due, _ => { });
            if (turns[round] is not null)
                await Crowd.StoreAsync(host.Services, TextsFrom + (round * customers), customers / EmailsAText, due, _ => { }, Mailing.Texting);
        }

        await host.StartAsync();
        await UntilAsync(WarmUp);
        var seen = new List<(Badness?, double, long)>();
        for (var round = 0; round < turns.Count; round++)
        {
            work.Tell(0.4 + (0.6 * round / turns.Count), $"round {round + 1} of {turns.Count}");
            texts.Is = turns[round] ?? Badness.AlwaysFails;
            await RestAsync();
            var (before, asked) = (_stages.Accepted, texts.Asked);
            var watch = Stopwatch.StartNew();
            _clock.Advance(Step);
            // Of a service that takes one a second some count with the others: too few to be seen.
            await UntilAsync(before + customers);
            seen.Add((turns[round], customers / watch.Elapsed.TotalSeconds, texts.Asked - asked));
            // What is left of the texts has no time any more.
            _clock.Advance(Step);
            await RestAsync();
        }

        await host.StopAsync();
        return seen;
    }

    private static Dictionary<string, string?> Texting(string address) => new()
    {
        ["Connections:1:Name"] = "texts",
        ["Connections:1:Plugin"] = "sms.twilio",
        ["Connections:1:Settings:AccountSid"] = "AC" + new string('0', 32),
        ["Connections:1:Settings:AuthToken"] = $"env:{Token}",
        ["Connections:1:Settings:From"] = "+14155550100",
        ["Connections:1:Settings:PollEveryMinutes"] = "0",
        ["Connections:1:Settings:BaseUrl"] = address,
        // So that time-outs come while e-mail is measured.
        ["Connections:1:Guard:TimeLimit"] = "00:00:02",
        ["Connections:1:Guard:OpenFor"] = "00:00:01",
        ["Connections:1:Guard:OpeningsToQuarantine"] = "1000",
    };

    private async Task UntilAsync(long accepted)
    {
        var watch = Stopwatch.StartNew();
        while (_stages.Accepted < accepted)
        {
            if (watch.Elapsed > Longest)
                throw new InvalidOperationException($"{_stages.Accepted:#,0} of {accepted:#,0} were accepted in {Longest.TotalMinutes} minutes.");
            await Task.Delay(10);
        }
    }

    private static async Task RestAsync()
    {
        TimeSpan used;
        var watch = Stopwatch.StartNew();
        do
        {
            used = Environment.CpuUsage.TotalTime;
            await Task.Delay(500);
        }
        while (Environment.CpuUsage.TotalTime - used > TimeSpan.FromMilliseconds(120) && watch.Elapsed < TimeSpan.FromMinutes(1));
    }

    private int Print(List<(Badness? Turn, double Rate, long Asked)> rounds, int customers)
    {
        Console.WriteLine($"{customers:#,0} e-mails a round on {_store.Name}, a tenth as many text messages due with them");
        var table = new Table().AddColumns("round", "text service", "requests it saw", "e-mails a second", "of the rounds before and after without texts");
        var verdicts = new Verdicts();
        var ratios = new List<(Badness Turn, double Ratio)>();
        for (var i = 0; i < rounds.Count; i++)
        {
            var (turn, rate, asked) = rounds[i];
            double? ratio = null;
            if (turn is { } bad)
            {
                var after = i + 1 < rounds.Count ? rounds[i + 1].Rate : rounds[i - 1].Rate;
                ratio = rate / ((rounds[i - 1].Rate + after) / 2);
                ratios.Add((bad, ratio.Value));
            }

            table.AddRow($"{i + 1}", turn?.ToString() ?? "nothing due", $"{asked:#,0}", $"{rate:#,0}", ratio is { } known ? $"{known:0.00}" : "");
        }

        AnsiConsole.Write(table);
        foreach (var group in ratios.GroupBy(one => one.Turn))
        {
            var ratio = Spread.Of([.. group.Select(one => one.Ratio)]);
            verdicts.Note(ratio.Median >= Line, $"{group.Key}: {ratio.Median:0.00} ({ratio.Low:0.00}–{ratio.High:0.00}) of the rate without texts; the line is {Line:0.00}");
        }

        return verdicts.ExitCode;
    }
}
