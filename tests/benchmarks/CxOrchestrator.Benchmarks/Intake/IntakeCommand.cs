using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>
/// Events posted over HTTP and acknowledged after their commit on PostgreSQL, which syncs, beside endpoints that only keep them in memory, in turns and
/// under the same load; then the times of replies at half of the rate that was reached, and batches.
/// </summary>
internal static class IntakeCommand
{
    private const double Line = 0.30;
    private const double LongestP99 = 100;

    /// <summary>Measures.</summary>
    public static int Run(Options options)
    {
        var plan = new Plan(
            options.Number("--seconds", 3, 0.5), (int)options.Whole("--rounds", 5), (int)options.Whole("--connections", 32), (int)options.Whole("--batch", 50),
            (int)options.Whole("--profile", 0, 0));
        options.RefuseOthers();
        using var server = PostgresServer.Durable();
        return RunAsync(server.NewDatabase(), plan).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string connection, Plan plan)
    {
        await using (var services = new ServiceCollection().AddPostgresStorage(connection).BuildServiceProvider())
            await services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        await using var product = await IntakeSite.ProductAsync(services => services.AddPostgresStorage(connection));
        if (plan.Profile > 0)
            return Profile(product, plan, await FolderAsync(connection));
        await using var memory = await IntakeSite.MemoryAsync();
        await using var bare = await IntakeSite.BareAsync();
        (string Name, IntakeSite Site)[] sites = [("nothing of ours, in memory", bare), ("our API, in memory", memory), ("our API, committed on PostgreSQL", product)];
        var seen = sites.ToDictionary(one => one.Name, _ => new List<LoadReport>());
        var acknowledged = 0L;
        LoadReport half = null!, batches = null!;
        LongWork.Do("events taken in", work =>
        {
            // Once for nothing: the runtime compiles what is hot again.
            foreach (var (_, site) in sites)
                acknowledged += LoadCommand.Measure(site.Port, "warm", plan.Connections, plan.Seconds).Events * (site == product ? 1 : 0);
            for (var round = 0; round < plan.Rounds; round++)
            {
                for (var turn = 0; turn < sites.Length; turn++)
                {
                    var (name, site) = sites[(round + turn) % sites.Length];
                    seen[name].Add(LoadCommand.Measure(site.Port, $"r{round}", plan.Connections, plan.Seconds));
                }

                work.Tell((round + 1.0) / (plan.Rounds + 1), $"{seen[sites[2].Name][^1].Rate:N0}/s on PostgreSQL, {seen[sites[1].Name][^1].Rate:N0}/s in memory");
            }

            var rate = Spread.Of([.. seen[sites[2].Name].Select(one => one.Rate)]).Median;
            half = LoadCommand.Measure(product.Port, "half", plan.Connections, 2 * plan.Seconds, rate / 2);
            batches = LoadCommand.Measure(product.Port, "batch", plan.Connections, plan.Seconds, events: plan.Batch);
        });
        acknowledged += seen[sites[2].Name].Append(half).Append(batches).Sum(one => one.Events);
        var stored = (await product.Services.GetRequiredService<IEventStore>().CountAsync(CancellationToken.None)).Stored;
        return Tell([.. sites.Select(one => (one.Name, seen[one.Name]))], half, batches, acknowledged, stored, plan);
    }

    private static int Tell(
        IReadOnlyList<(string Name, List<LoadReport> Rounds)> seen, LoadReport half, LoadReport batches, long acknowledged, long stored, Plan plan)
    {
        Console.WriteLine($"{plan.Connections} connections, closed loop, {plan.Rounds} rounds of {plan.Seconds} s each in turn:");
        foreach (var (name, rounds) in seen)
        {
            var rate = Spread.Of([.. rounds.Select(one => one.Rate)]);
            Console.WriteLine(
                $"  {name,-32} {rate.Median,8:N0}/s ({rate.Low:N0}–{rate.High:N0}), p50 {Middle(rounds, one => one.P50):N2} ms, p99 {Middle(rounds, one => one.P99):N1} ms");
        }

        Console.WriteLine($"  batches of {plan.Batch,-21} {batches.Rate,8:N0} events/s, p50 {batches.P50:N1} ms, p99 {batches.P99:N1} ms a batch");
        Console.WriteLine($"  at half of it, by timetable      {half.Rate,8:N0}/s, p50 {half.P50:N2} ms, p99 {half.P99:N1} ms, p99.9 {half.P999:N1} ms, longest {half.Longest:N1} ms");
        var ofBare = Ratio(seen[2].Rounds, seen[0].Rounds);
        Console.WriteLine($"  of nothing of ours: {ofBare.Median:N2} ({ofBare.Low:N2}–{ofBare.High:N2})");
        var verdicts = new Verdicts();
        var ratio = Ratio(seen[2].Rounds, seen[1].Rounds);
        verdicts.Note(ratio.Median >= Line, $"{ratio.Median:N2} ({ratio.Low:N2}–{ratio.High:N2}) of keeping them in memory; the line is {Line:N2}");
        verdicts.Note(half.P99 < LongestP99, $"p99 at half of the rate is {half.P99:N1} ms; the line is {LongestP99:N0} ms");
        // Some are stored and acknowledged outside of the measured time.
        verdicts.Note(stored >= acknowledged, $"{stored:N0} stored, {acknowledged:N0} acknowledged while measured");
        var wrong = seen.Sum(one => one.Rounds.Sum(round => round.Wrong)) + half.Wrong + batches.Wrong;
        verdicts.Note(wrong == 0, $"{wrong} replies that were none");
        return verdicts.ExitCode;
    }

    private static Spread Ratio(List<LoadReport> ours, List<LoadReport> theirs) => Spread.Of([.. ours.Zip(theirs, (one, other) => one.Rate / other.Rate)]);

    private static double Middle(List<LoadReport> rounds, Func<LoadReport, double> value) => Spread.Of([.. rounds.Select(value)]).Median;

    private static async Task<string> FolderAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("show data_directory");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    // For whoever makes it faster: the product alone, with what each process takes of the cores.
    private static int Profile(IntakeSite product, Plan plan, string data)
    {
        for (var round = 0; round < plan.Profile; round++)
        {
            var (host, store, allocated) = (Environment.CpuUsage.TotalTime, Processors.OfPostgres(data), GC.GetTotalAllocatedBytes());
            var watch = Stopwatch.StartNew();
            var report = LoadCommand.Measure(product.Port, $"p{round}", plan.Connections, plan.Seconds);
            // The generator warms up for a second, whose events count here.
            var all = report.Events * (plan.Seconds + 1) / plan.Seconds;
            (host, store, allocated) = (Environment.CpuUsage.TotalTime - host, Processors.OfPostgres(data) - store, GC.GetTotalAllocatedBytes() - allocated);
            var used = host.TotalSeconds + store.TotalSeconds + report.Processor;
            Console.WriteLine(
                $"{report.Rate:N0}/s, p50 {report.P50:N1} ms, p99 {report.P99:N1} ms; µs of processor an event: host {host.TotalMicroseconds / all:N1}, PostgreSQL "
                + $"{store.TotalMicroseconds / all:N1}, generator {report.Processor * 1e6 / all:N1}; {allocated / all:N0} bytes allocated; "
                + $"{used / watch.Elapsed.TotalSeconds / Environment.ProcessorCount:P0} of the cores");
        }

        return 0;
    }

    private sealed record Plan(double Seconds, int Rounds, int Connections, int Batch, int Profile);
}
