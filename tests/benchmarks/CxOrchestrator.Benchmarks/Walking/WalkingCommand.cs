using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// Steps that send nothing: customers' clock moves on by a day, and all who wait are walked to their next wait, as an installation does it. Beside the bare
/// rate at which PostgreSQL's rows are claimed and ended, and beside Quartz with a trigger for each step.
/// </summary>
internal sealed class WalkingCommand : IDisposable
{
    private const double Line = 0.5;
    private const double LineOfPeer = 60;
    private const int BareRows = 60_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    // As much as all of it needs, for ours, the bare queue and Quartz alike.
    private const string Memory = "-c shared_buffers=1GB";

    private readonly SteppedClock _clock = new();
    private readonly WalkCount _count = new();
    private readonly string _database;
    private readonly IReadOnlyList<WalkMix> _mixes;
    private readonly int _customers;
    private readonly int _repeats;

    private WalkingCommand(IReadOnlyList<WalkMix> mixes, int customers, int repeats)
    {
        (_mixes, _customers, _repeats) = (mixes, customers, repeats);
        PostgresServer.Settings = Memory;
        _database = PostgresServer.Running.NewDatabase();
    }

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", 30_000);
        var repeats = (int)options.Whole("--repeats", 5);
        var steps = (int)options.Whole("--quartz", 3_000);
        var store = options.Text("--store") ?? "postgres";
        var mixes = options.Text("--mix") is { } key ? [.. WalkMix.All.Where(mix => mix.Key == key)] : WalkMix.All;
        var sizes = new EngineOptions { WalkBatch = (int)options.Whole("--batch", 500), WalkLoops = (int)options.Whole("--loops", store == "postgres" ? 2 : 1) };
        options.RefuseOthers();
        if (repeats > WalkMix.Rounds - 2)
            throw new FormatException($"--repeats goes up to {WalkMix.Rounds - 2}.");
        if (store is not ("postgres" or "sqlite"))
            throw new FormatException($"--store {store}: there are postgres and sqlite.");
        if (mixes.Count == 0)
            throw new FormatException($"--mix: there are {string.Join(", ", WalkMix.All.Select(mix => mix.Key))}.");
        using var command = new WalkingCommand(mixes, customers, repeats);
        List<WalkRound> rounds = [];
        List<double> quartz = [];
        LongWork.Do("walking", work =>
        {
            rounds = command.MeasureAsync(work, store == "postgres", sizes).GetAwaiter().GetResult();
            work.Tell(0.9, "Quartz");
            quartz = [.. Enumerable.Range(0, 3).Select(_ => QuartzPeer.RateAsync(PostgresServer.Running.NewDatabase(), steps).GetAwaiter().GetResult())];
        });
        Console.WriteLine($"{customers:#,0} customers a journey on {store}, batches of {sizes.WalkBatch}, {sizes.WalkLoops} loop(s); the bare queue: 2 workers, batches of 500");
        return Print(rounds, quartz);
    }

    /// <inheritdoc/>
    public void Dispose() => _count.Dispose();

    private async Task<List<WalkRound>> MeasureAsync(LongWork work, bool onPostgres, EngineOptions sizes)
    {
        using var folder = new ScratchFolder();
        using var host = await WalkingService.MakeAsync(
            folder.Path,
            services => _ = onPostgres ? services.AddPostgresStorage(_database) : services.AddSqliteStorage(Path.Combine(folder.Path, "cxo.db")),
            sizes, _clock);
        await using var bare = new BareQueue(onPostgres ? _database : PostgresServer.Running.NewDatabase());
        await bare.MakeAsync();
        await bare.RateAsync(BareRows);
        var rounds = new List<WalkRound>();
        await host.StartAsync();
        foreach (var (mix, at) in _mixes.Select((mix, at) => (mix, at)))
        {
            var walked = _count.Walked;
            await Waiters.StoreAsync(host.Services, mix, _customers, _clock.GetUtcNow());
            // They enter their first wait, and once round for the runtime to compile what is hot.
            await UntilWalkedAsync(walked + _customers);
            await RoundAsync(host.Services, mix);
            var before = await bare.RateAsync(BareRows);
            for (var round = 0; round < _repeats; round++)
            {
                var seen = await RoundAsync(host.Services, mix);
                var after = await bare.RateAsync(BareRows);
                rounds.Add(seen with { Bare = (before + after) / 2 });
                before = after;
                work.Tell(0.9 / _mixes.Count * (at + ((round + 1.0) / _repeats)), $"{mix.Words}: {seen.Steps:#,0} steps a second, bare {rounds[^1].Bare:#,0} rows");
            }

            await RetireAsync(host.Services);
        }

        await host.StopAsync();
        return rounds;
    }

    private async Task<WalkRound> RoundAsync(IServiceProvider services, WalkMix mix)
    {
        var stood = await StandingAsync(services, mix);
        var (own, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var server = ProcessUsage.OfFamily(PostgresServer.Running.ProcessId);
        var walked = _count.Walked;
        var watch = Stopwatch.StartNew();
        _clock.Advance(Day);
        // Time that leaps wakes nobody; time that passes is looked at twice a second.
        services.GetRequiredService<Nudges>().Nudge(Work.Enrolments);
        await UntilWalkedAsync(walked + _customers);
        var seconds = watch.Elapsed.TotalSeconds;
        var round = new WalkRound(
            mix, _customers / seconds, 0, (Environment.CpuUsage.TotalTime - own).TotalMicroseconds / _customers,
            (ProcessUsage.OfFamily(PostgresServer.Running.ProcessId) - server).TotalMicroseconds / _customers, (GC.GetTotalAllocatedBytes() - bytes) / (double)_customers);
        if (await StandingAsync(services, mix) is var stand && stand == stood)
            throw new InvalidOperationException($"{mix.Key} still stands at {stand}.");
        return round;
    }

    // All stand at the same wait, or something went wrong.
    private async Task<string> StandingAsync(IServiceProvider services, WalkMix mix)
    {
        var counts = (await services.GetRequiredService<IEnrolmentStore>().CountAsync(CancellationToken.None)).Where(count => count.Journey == mix.Key).ToList();
        return counts is [{ State: EnrolmentState.Active } one] && one.Count == _customers
            ? one.StepId
            : throw new InvalidOperationException(string.Join("; ", counts));
    }

    private async Task UntilWalkedAsync(long walked)
    {
        var watch = Stopwatch.StartNew();
        while (_count.Walked < walked)
        {
            if (watch.Elapsed > Longest)
                throw new InvalidOperationException($"Not all were walked in {Longest}.");
            await Task.Delay(5);
        }
    }

    // Those of the journey that was measured leave, so that the next one's rounds are its own.
    private static async Task RetireAsync(IServiceProvider services)
    {
        var claim = new WalkClaim(
            new Lease("benchmark", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(5)), DateTimeOffset.MaxValue.AddDays(-1), [Lane.Service, Lane.Personal, Lane.Bulk], 1_000);
        while ((await services.GetRequiredService<IWork>().WalkDueAsync(claim, ExitAsync, CancellationToken.None)).Taken > 0)
        {
            // Until nobody is left.
        }

        static Task<Effects> ExitAsync(IReadOnlyList<Enrolment> left) => Task.FromResult(
            new Effects { Moves = [.. left.Select(one => one with { State = EnrolmentState.Exited, DueAt = null, EndedAt = one.DueAt })] });
    }

    private static int Print(List<WalkRound> rounds, List<double> quartz)
    {
        var verdicts = new Verdicts();
        var table = new Table().AddColumns("a wake's steps", "steps a second", "8 of 10", "bare rows a second", "ratio", "8 of 10", "wakes a second", "µs a wake, ours + server's", "KB allocated a wake");
        foreach (var mix in rounds.GroupBy(round => round.Mix))
        {
            var steps = Spread.Of([.. mix.Select(round => round.Steps)]);
            var ratio = Spread.Of([.. mix.Select(round => round.Steps / round.Bare)]);
            table.AddRow(mix.Key.Words, $"{steps.Median:#,0}", $"{steps.Low:#,0}–{steps.High:#,0}", $"{Spread.Of([.. mix.Select(round => round.Bare)]).Median:#,0}",
                $"{ratio.Median:0.00}", $"{ratio.Low:0.00}–{ratio.High:0.00}", $"{Spread.Of([.. mix.Select(round => round.Wakes)]).Median:#,0}",
                $"{mix.Average(round => round.Processor):0} + {mix.Average(round => round.Server):0}", $"{mix.Average(round => round.Bytes) / 1024:0.0}");
        }

        AnsiConsole.Write(table);
        var mixed = rounds.Where(round => round.Mix.Steps == 3).ToList();
        var ofBare = Spread.Of([.. mixed.Select(round => round.Steps / round.Bare)]);
        var fired = Spread.Of(quartz);
        var times = Spread.Of([.. mixed.Select(round => round.Steps / fired.Median)]);
        Console.WriteLine($"Quartz, a stored trigger for each step: {fired.Median:#,0} fired a second ({fired.Low:#,0}–{fired.High:#,0})");
        verdicts.Note(ofBare.Median >= Line, $"wait, choose, update: {ofBare.Median:0.00} of the bare rate ({ofBare.Low:0.00}–{ofBare.High:0.00}); the line is {Line:0.0}");
        verdicts.Note(times.Median >= LineOfPeer, $"{times.Median:0} times Quartz ({times.Low:0}–{times.High:0}); the line is {LineOfPeer:0}");
        return verdicts.ExitCode;
    }
}
