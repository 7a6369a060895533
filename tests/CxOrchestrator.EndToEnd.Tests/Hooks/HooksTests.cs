using System.Diagnostics;
using System.Net;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.Hooks;

/// <summary>What a service has told and was answered for is done, once, whenever the power goes.</summary>
public sealed class HooksTests
{
    private const int People = 300;

    [Fact]
    public async Task Opt_outs_that_were_acknowledged_survive_power_cuts_and_are_done_once()
    {
        await using var shop = PlainShop.New();
        var gate = new Gate(shop, People);
        await gate.SetUpAsync();
        for (var cut = 1; cut <= 2; cut++)
        {
            await shop.StartAsync();
            var before = gate.Answered;
            var telling = gate.TellAsync();
            while (gate.Answered - before < 60 && !telling.IsCompleted)
                await Task.Delay(2);
            await shop.KillAsync();
            await telling;
            Assert.True(await gate.CountAsync("select count(*) from events where type = 'contact.optedOut'") >= 60);
        }

        await shop.StartAsync();
        await gate.TellAsync();
        await UntilAsync(async () => await gate.CountAsync("select count(*) from events where type = 'contact.optedOut' and processed = 1") == People);

        // Two purposes each, in the history and in force; the number itself; the CRM told of each; no event twice.
        Assert.Equal(2 * People, await gate.CountAsync("select count(*) from consents_in_force where state = 2 and channel = 1"));
        Assert.Equal(2 * People, await gate.CountAsync("select count(*) from consents"));
        Assert.Equal(People, await gate.CountAsync("select count(*) from suppressions where by_choice = 1"));
        Assert.Equal(2 * People, await gate.CountAsync("select count(*) from write_backs where kind = 5"));
        Assert.Equal(People, await gate.CountAsync("select count(*) from events where type = 'contact.optedOut'"));
        Assert.Equal(HttpStatusCode.Unauthorized, await gate.CallAsync(0, tampered: true));
        Assert.Equal(0, await shop.Process.StopAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "Not so within a minute.");
            await Task.Delay(200);
        }
    }
}
