using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Promises;

/// <summary>A store that somebody has named is migrated when they say so, and not before.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task A_named_store_with_a_pending_schema_stops_the_start_with_the_command_that_helps()
    {
        await using var shop = PlainShop.New();
        var file = Path.Combine(shop.Folder, "named.db");
        shop.Change(settings => settings["Storage"] = new System.Text.Json.Nodes.JsonObject { ["File"] = file });

        foreach (var verb in (string[][])[["run"], ["check"], ["books"], ["journeys", "publish"]])
        {
            var (exitCode, output) = await CxoProcess.RunAsync(shop.Folder, verb);
            Assert.Equal(1, exitCode);
            Assert.Contains($"The schema of {file} lacks", output, StringComparison.Ordinal);
            Assert.Contains("Run: cxo migrate", output, StringComparison.Ordinal);
        }

        Assert.Contains("applied 0001-first-light", await shop.DoAsync("migrate"), StringComparison.Ordinal);
        Assert.Contains("The schema is up to date.", await shop.DoAsync("migrate"), StringComparison.Ordinal);
        await shop.StartAsync();
        Assert.Equal(0, (await shop.BooksAsync()).Events);
        Assert.Equal(0, await shop.Process.StopAsync());
    }

    [Fact]
    public async Task The_embedded_default_migrates_by_itself()
    {
        await using var shop = PlainShop.New();

        await shop.StartAsync();

        Assert.True(File.Exists(Path.Combine(shop.Folder, "data", "cxo.db")));
        Assert.Equal(0, await shop.Process.StopAsync());
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_and_looking_from_outside_is_not()
    {
        await using var shop = PlainShop.New();
        await shop.StartAsync();

        var (exitCode, output) = await CxoProcess.RunAsync(shop.Folder, "run", "--set", $"Web:Listen=http://127.0.0.1:{KeptPort.Next()}");

        Assert.Equal(1, exitCode);
        Assert.Contains("Another cxo runs on", output, StringComparison.Ordinal);
        Assert.Contains("stop it first", output, StringComparison.Ordinal);
        Assert.Contains("All is well.", await shop.DoAsync("check"), StringComparison.Ordinal);
        Assert.Contains("Ready", await shop.DoAsync("plugins", "list"), StringComparison.Ordinal);
    }
}
