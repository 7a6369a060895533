using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>
/// What a bad connection costs a good one. E-mail goes to <c>smtp-sink</c>; a tenth as many text messages are due at the same moment, to a service that works or is bad in
/// one of three ways. Each way takes turns with a round whose service works: the same messages are due in both. Texts that were not sent expire before the next round,
/// and the service is seen to work again.
/// </summary>
internal sealed class SlowConnectionCommand : IDisposable
{
    private const int EmailsAText = 10;
    private const string Token = "CXO_BENCHMARK_TOKEN";
    private const int WarmUp = 45_000;
    private const int Connections = 32;
    private const int TextsFrom = 10_000_000;
    private const int MendingFrom = 30_000_000;
    // So few that they cost nothing, and enough that a service that was bad is called as if it had never been.
    private const int Mending = 500;

    // Whole days, so that it is never night.
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    // Calls in flight have timed out, and the guard has been open for its time.
    private static readonly TimeSpan AfterBad = TimeSpan.FromSeconds(3.5);
    private static readonly Manner?[] Turns = [Manner.AnswersAtOnce, Manner.NeverAnswers, Manner.AnswersAtOnce, Manner.OneASecond, Manner.AnswersAtOnce, Manner.AlwaysFails];
    private static readonly Manner?[] LastTurns = [Manner.AnswersAtOnce, null, Manner.AnswersAtOnce];

    private readonly ScratchFolder _folder = new();
    private readonly SmtpSink _sink = SmtpSink.Start();
    private readonly Stages _stages = new();
    private readonly SteppedClock _clock = new();
    private readonly StoreUnderTest _store;

    private SlowConnectionCommand(string store) => _store = StoreUnderTest.Of(store, _folder.Path);

    // Of all channels but e-mail.
    private long Texts => _stages.Accepted - _stages.Emails;

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", 30_000);
        var repeats = (int)options.Whole("--repeats", 3);
        var store = options.Text("--store") ?? "sqlite";
        options.RefuseOthers();
        using var command = new SlowConnectionCommand(store);
        List<SlowConnectionRound> rounds = [];
        LongWork.Do("slow-connection", work => rounds = command.MeasureAsync(work, customers, repeats).GetAwaiter().GetResult());
        Console.WriteLine($"{customers:#,0} e-mails a round on {command._store.Name}, {customers / EmailsAText:#,0} text messages due at the same moment");
        return SlowConnectionTable.Print(rounds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stages.Dispose();
        _sink.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<List<SlowConnectionRound>> MeasureAsync(LongWork work, int customers, int repeats)
    {
        await using var texts = await TextService.StartAsync();
        Environment.SetEnvironmentVariable(Token, "nobody asks for it");
        using var host = await SendingService.MakeAsync(_folder.Path, _store, _sink.Port, Connections, _clock, Texting(texts.Address));
        var connections = host.Services.GetRequiredService<IConnections>();
        if (connections.For(Capability.SmsSender) is null)
            throw new InvalidOperationException($"The text service is not there: {string.Join("; ", connections.Connections)}; {string.Join("; ", connections.Plugins)}");
        List<Manner?> turns = [.. Enumerable.Range(0, repeats).SelectMany(_ => Turns), .. LastTurns];
        await MakeAsync(work, host.Services, turns, customers);
        await host.StartAsync();
        await UntilAsync("e-mails to warm up", () => _stages.Emails, WarmUp);
        var (seen, before) = (new List<SlowConnectionRound>(), 0L);
        foreach (var (round, turn) in turns.Index())
        {
            work.Tell(0.4 + (0.6 * round / turns.Count), $"round {round + 1} of {turns.Count}");
            await UntilAsync("texts before a round", () => Texts, before + Mending);
            seen.Add(await MeasureAsync(texts, turn, customers));
            texts.Is = Manner.AnswersAtOnce;
            await Task.Delay(turn is null or Manner.AnswersAtOnce ? TimeSpan.Zero : AfterBad);
            await RestAsync();
            before = Texts;
            // What is left of the round's texts has no time any more.
            _clock.Advance(Step);
        }

        await host.StopAsync();
        return seen;
    }

    private async Task<SlowConnectionRound> MeasureAsync(TextService texts, Manner? turn, int customers)
    {
        await RestAsync();
        texts.Is = turn ?? Manner.AnswersAtOnce;
        var (emails, taken, asked) = (_stages.Emails, Texts, texts.Asked);
        var watch = Stopwatch.StartNew();
        _clock.Advance(Step);
        await UntilAsync("e-mails of a round", () => _stages.Emails, emails + customers);
        return new SlowConnectionRound(turn, customers / watch.Elapsed.TotalSeconds, texts.Asked - asked, Texts - taken);
    }

    // A round's messages are due a day after the texts that are seen to be taken before it.
    private static async Task MakeAsync(LongWork work, IServiceProvider services, List<Manner?> turns, int customers)
    {
        var begin = services.GetRequiredService<Clocks>().Now;
        var textsARound = customers / EmailsAText;
        await Crowd.StoreAsync(services, 0, WarmUp, begin, _ => { });
        foreach (var (round, turn) in turns.Index())
        {
            work.Tell(0.4 * round / turns.Count, "making customers");
            await Crowd.StoreAsync(services, MendingFrom + (round * Mending), Mending, begin + (2 * round * Step), _ => { }, Mailing.Texting);
            var due = begin + (((2 * round) + 1) * Step);
            await Crowd.StoreAsync(services, WarmUp + (round * customers), customers, due, _ => { });
            if (turn is not null)
                await Crowd.StoreAsync(services, TextsFrom + (round * textsARound), textsARound, due, _ => { }, Mailing.Texting);
        }
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

    private static async Task UntilAsync(string what, Func<long> count, long wanted)
    {
        var watch = Stopwatch.StartNew();
        while (count() < wanted)
        {
            if (watch.Elapsed > Longest)
                throw new InvalidOperationException($"{what}: {count():#,0} of {wanted:#,0} were accepted in {Longest.TotalMinutes} minutes.");
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
}
