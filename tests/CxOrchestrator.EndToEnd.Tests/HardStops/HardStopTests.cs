using CxOrchestrator.NodeRig.Stops;
using CxOrchestrator.TestKit;
using Xunit.Abstractions;

namespace CxOrchestrator.EndToEnd.Tests.HardStops;

/// <summary>
/// The small form of the benchmark <c>hard-stops</c>. What is sent, and what the mail server has taken, are compared message by message; the moments of the
/// stops come from a seed that is printed.
/// </summary>
public sealed class HardStopTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Three_nodes_killed_twenty_times_with_their_database_and_mail_server_lose_nothing_and_send_nothing_twice()
    {
        Needs.Postgres();
        await JudgeAsync(new HardStopOptions { Sends = 10_000, Nodes = 3, Kills = 20, DatabaseRestarts = 1, MailServerRestarts = 1, Seed = Random.Shared.Next() });
    }

    [Fact]
    public Task One_node_on_the_embedded_store_killed_five_times_with_its_mail_server_loses_nothing_and_sends_nothing_twice() =>
        JudgeAsync(new HardStopOptions { Sends = 2_000, Nodes = 1, Kills = 5, MailServerRestarts = 1, Postgres = false, Seed = Random.Shared.Next() });

    private async Task JudgeAsync(HardStopOptions options)
    {
        output.WriteLine($"seed {options.Seed}");
        var report = await HardStopRun.RunAsync(options, (_, _) => { });
        output.WriteLine(report.ToString());
        foreach (var one in report.Doubtful)
            output.WriteLine(one.ToString());
        Assert.Empty(report.Faults);
        Assert.Equal(options.Kills, report.Stops[StopKind.Node]);
        Assert.True(report.Accepted > 0.9 * options.Sends, $"only {report.Accepted} of {options.Sends} were accepted");
    }
}
