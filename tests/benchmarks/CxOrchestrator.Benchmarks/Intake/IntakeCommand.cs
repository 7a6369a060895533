using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>Events acknowledged after commit, on PostgreSQL, beside an endpoint that only keeps them in memory.</summary>
internal static class IntakeCommand
{
    public static int Run(Options options)
    {
        var seconds = options.Number("--seconds", 4, 0.5);
        var rounds = (int)options.Whole("--rounds", 5);
        var connections = (int)options.Whole("--connections", 32);
        var batch = (int)options.Whole("--batch", 50);
        var profile = (int)options.Whole("--profile", 0, 0);
        options.RefuseOthers();
        var server = PostgresServer.Synced;
        var connection = server.NewDatabase();
        return RunAsync(connection, seconds, rounds, connections, batch, profile).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string connection, double seconds, int rounds, int connections, int batch, int profile)
    {
        await using (var services = new ServiceCollection().AddPostgresStorage(connection).BuildServiceProvider())
            await services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        await using var product = await IntakeSite.ProductAsync(services => services.AddPostgresStorage(connection));
        if (profile > 0)
            return Profile(product, profile, connections, Path.Combine(new NpgsqlConnectionStringBuilder(connection).Host!, "data"));
        await using var memory = await IntakeSite.MemoryAsync();
        await using var bare = await IntakeSite.BareAsync();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, site) in new[] { ("bare", bare), ("memory", memory), ("product", product) })
            {
                var report = LoadCommand.Measure(site.Port, $"r{round}", connections, seconds);
                Console.WriteLine($"{name,-8} {report.Rate:N0}/s, p50 {report.P50:N2} ms, p99 {report.P99:N2} ms, wrong {report.Wrong}, {report.Processor * 1e6 / report.Events:N1}");
            }
        }

        return 0;
    }

    // For whoever makes it faster: the product alone, with what each process took of the cores.
    private static int Profile(IntakeSite product, int rounds, int connections, string data)
    {
        for (var round = 0; round < rounds; round++)
        {
            var (before, beforeStore) = (Environment.CpuUsage.TotalTime, Processors.OfPostgres(data));
            var allocated = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            var report = LoadCommand.Measure(product.Port, $"p{round}", connections, 4);
            var all = report.Events * 5 / 4.0;
            Console.WriteLine(
                $"{report.Rate:N0}/s, p50 {report.P50:N1} ms, p99 {report.P99:N1} ms, wrong {report.Wrong}; µs an event: host {(Environment.CpuUsage.TotalTime - before).TotalMicroseconds / all:N1}, "
                + $"PostgreSQL {(Processors.OfPostgres(data) - beforeStore).TotalMicroseconds / all:N1}, generator {report.Processor * 1e6 / all:N1}; "
                + $"{(GC.GetTotalAllocatedBytes() - allocated) / all:N0} bytes an event; idle {1 - ((Environment.CpuUsage.TotalTime - before + Processors.OfPostgres(data) - beforeStore).TotalSeconds + report.Processor) / watch.Elapsed.TotalSeconds / 2:P0}");
        }

        return 0;
    }
}
