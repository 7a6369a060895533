using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.Upgrades;

/// <summary>An admin installs a plugin and connects it by the command line, beside a service that runs and is never restarted for it.</summary>
public sealed class PutInWhileRunningTests
{
    private const int Orders = 20;
    private const int PerSecond = 50;

    // What waits for a connection is looked at again in customers' time.
    private const double Speed = 600;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Mail_that_waits_for_a_connection_leaves_by_one_that_is_added_and_what_is_taken_out_again_is_let_go_of()
    {
        await using var shop = new Shop(null, PlainShop.Begins, Speed);
        var bag = new Mailbag(shop.Folder);
        var source = new EventSource("shop");
        var orders = new SteadyOrders(shop, source, Orders);
        shop.Change(settings =>
        {
            settings["Content"] = new JsonObject { ["Folder"] = "content" };
            settings["Use"] = new JsonObject { ["EmailSender"] = "mail" };
        });
        shop.AddSources(source);
        await orders.PrepareAsync();
        await shop.StartAsync();
        await orders.PostAsync(PerSecond);
        await shop.UntilAsync(books => books.OnTheWay == Orders, Limit);
        Assert.Empty(bag.Sent);

        await shop.DoAsync("plugins", "install", bag.PackageOf("1.0.0"));
        await shop.DoAsync("connections", "add", "mail", "--plugin", Mailbag.Id, "--set", $"Folder={bag.Files}");
        await shop.UntilAsync(books => books.In("accepted") == Orders && books.Quiet, Limit);

        Assert.Equal(Orders, bag.Sent.Distinct().Count());
        Assert.Equal(Orders, bag.Sent.Count);
        await shop.DoAsync("connections", "disable", "mail");
        await SayingAsync(shop, "connection:mail is Disabled");
        await shop.DoAsync("connections", "enable", "mail");
        await SayingAsync(shop, "connection:mail is Ready", times: 2);
        await shop.DoAsync("connections", "disable", "mail");
        await SayingAsync(shop, "connection:mail is Disabled", times: 2);
        await shop.DoAsync("plugins", "remove", Mailbag.Id);
        await SayingAsync(shop, "mailer 1.0.0 is unloaded");
        Assert.False(shop.Process.Ended);
    }

    private static async Task SayingAsync(Shop shop, string line, int times = 1)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (shop.Process.Output.Split(line).Length - 1 < times)
        {
            Assert.False(limit.IsCancellationRequested, $"It never said \"{line}\" {times} times:\n{shop.Process.Output}");
            await Task.Delay(100);
        }
    }
}
