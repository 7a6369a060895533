using System.Diagnostics;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.TestKit;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Tests.Sqlite;

public sealed class DurabilityTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [Fact]
    public async Task Everything_acknowledged_is_there_after_kill_minus_nine_at_any_moment()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("cxo.db");
        await using (var first = SqliteStores.Open(file))
            await first.Schema.MigrateAsync(Go);
        var random = new Random(20260302);
        var acknowledged = new List<string>();

        for (var run = 0; run < 6; run++)
            acknowledged.AddRange(await AppendUntilKilledAsync(file, $"run-{run}", random.Next(1, 1500)));

        await using var store = SqliteStores.Open(file);
        var stored = await store.Events.CountAsync(Go);
        var again = await store.Events.AppendAsync([.. acknowledged.Select(id => Some.Event(id))], Go);
        Assert.All(again, isNew => Assert.False(isNew));
        Assert.Equal(stored, await store.Events.CountAsync(Go));
        Assert.True(stored.Stored >= acknowledged.Count);
        AssertWhole(file);
    }

    // Gives what was acknowledged: all whole lines that the process had printed when it was killed.
    private static async Task<List<string>> AppendUntilKilledAsync(string file, string run, int lines)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CxOrchestrator.Storage.Appender.dll");
        var start = new ProcessStartInfo("dotnet", [program, file, run]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput;
        var printed = new List<string>();
        while (printed.Count < lines && await output.ReadLineAsync() is { } line)
            printed.Add(line);
        process.Kill();
        var rest = await output.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(lines, printed.Count);
        var whole = rest.Split('\n')[..^1];
        return [.. printed, .. whole];
    }

    // No half commit (each odd writer's event has its delivery), and no damage.
    private static void AssertWhole(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "pragma integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
        check.CommandText = """
            select (select count(*) from events e where cast(substr(source_id, 7, 1) as integer) % 2 = 1 and not exists
                     (select 1 from deliveries d where d.step_id = e.source_id))
                 + (select count(*) from deliveries d where not exists (select 1 from events e where e.source_id = d.step_id))
            """;
        Assert.Equal(0L, check.ExecuteScalar());
        check.CommandText = "select count(*) > 0 from deliveries";
        Assert.Equal(1L, check.ExecuteScalar());
    }
}
