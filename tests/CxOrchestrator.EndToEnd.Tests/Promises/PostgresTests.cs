using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.EndToEnd.Tests.Upgrades;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Promises;

/// <summary>The real executable over a real PostgreSQL.</summary>
public sealed class PostgresTests
{
    private const int PerSecond = 100;
    private const int Orders = 6 * PerSecond;

    // A deferred message is due again in customers' time; nothing else here depends on its pace.
    private const double Speed = 60;

    [SkippableFact]
    public async Task A_pending_schema_stops_the_start_with_the_command_that_helps_and_check_tells_the_version()
    {
        Needs.Postgres();
        await using var shop = PlainShop.New();
        UsePostgres(shop);

        foreach (var verb in (string[][])[["run"], ["check"], ["books"]])
        {
            var (exitCode, output) = await CxoProcess.RunAsync(shop.Folder, verb);
            Assert.Equal(1, exitCode);
            Assert.Contains("The schema of PostgreSQL, Storage:Connection lacks", output, StringComparison.Ordinal);
            Assert.Contains("Run: cxo migrate", output, StringComparison.Ordinal);
        }

        Assert.Contains("applied 0001-first-light", await shop.DoAsync("migrate"), StringComparison.Ordinal);
        Assert.Contains("The schema is up to date.", await shop.DoAsync("migrate"), StringComparison.Ordinal);
        Assert.Matches(@"schema \(PostgreSQL, Storage:Connection; PostgreSQL \d+", await shop.DoAsync("check"));
    }

    [SkippableFact]
    public async Task A_server_that_does_not_answer_is_told_with_what_to_do_and_without_the_secret()
    {
        await using var shop = PlainShop.New();
        UsePostgres(shop, $"Host=127.0.0.1;Port={KeptPort.Next()};Database=cxo;Username=somebody;Password=s3cret-of-the-database");

        foreach (var verb in (string[][])[["run"], ["check"], ["migrate"]])
        {
            var (exitCode, output) = await CxoProcess.RunAsync(shop.Folder, verb);
            Assert.Equal(1, exitCode);
            Assert.Contains("nobody listens there. Start the server", output, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", output, StringComparison.Ordinal);
            Assert.DoesNotContain("somebody", output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_journey_survives_kill_9_of_the_service_and_of_the_database_and_the_books_balance()
    {
        Needs.Postgres();
        await using var shop = new Shop(null, PlainShop.Begins, Speed);
        UsePostgres(shop);
        shop.Change(settings => settings["Content"] = new JsonObject { ["Folder"] = "content" });
        var source = new EventSource("shop");
        var orders = new SteadyOrders(shop, source, Orders);
        shop.AddSources(source);
        await shop.DoAsync("migrate");
        await orders.PrepareAsync();
        await shop.StartAsync();
        await orders.PostAsync(PerSecond);

        await shop.KillAsync();
        await shop.StartAsync();
        await shop.UntilAsync(now => now.In("accepted") > 0, TimeSpan.FromMinutes(2));
        PostgresServer.Running.CrashAndStart();
        var books = await shop.UntilAsync(now => now.EnrolmentsByEvent == Orders && now.Quiet, TimeSpan.FromMinutes(3));

        Assert.Equal(Orders, books.DeliveryRows);
        Assert.Equal(Orders, books.In("accepted") + books.In("unknown"));
        Assert.Equal(books.In("accepted"), books.WriteBacks.Values.Sum());
        Assert.False(shop.Process.Ended);
        Assert.Equal(0, await shop.Process.StopAsync());
    }

    private static void UsePostgres(Shop shop, string? connection = null)
    {
        var variable = $"CXO_DATABASE_{RandomNumberGenerator.GetHexString(8)}";
        Environment.SetEnvironmentVariable(variable, connection ?? PostgresServer.Running.NewDatabase());
        shop.Change(settings => settings["Storage"] = new JsonObject { ["Kind"] = "postgres", ["Connection"] = $"env:{variable}" });
    }
}
