using CxOrchestrator.NodeRig.Nodes;

namespace CxOrchestrator.EndToEnd.Tests.HardStops;

/// <summary>What the rig of hard stops and of the soak sees of its own nodes.</summary>
public sealed class FleetTests
{
    private const int Times = 10;

    [Fact]
    public async Task A_node_is_looked_at_while_it_is_killed_and_started_anew()
    {
        using var fleet = new Fleet(new FleetOptions { Nodes = 1, Database = null, MailPort = 1, Content = new Dictionary<string, string>() });
        var seen = 0;
        fleet.Start(0);
        using var over = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                seen += fleet.ResidentOf(0) is > 0 && fleet.ProcessorOf(0) is not null ? 1 : 0;
        });
        try
        {
            for (var time = 0; time < Times; time++)
            {
                await Task.Delay(20);
                fleet.Kill(0);
                fleet.Start(0);
            }
        }
        finally
        {
            await over.CancelAsync();
            await looking;
        }

        Assert.True(seen > 0);
    }
}
