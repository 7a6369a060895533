using System.Diagnostics;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Orders;
using CxOrchestrator.EndToEnd.Tests.Running;
using Xunit.Abstractions;

namespace CxOrchestrator.EndToEnd.Tests.Upgrades;

/// <summary>
/// A version that fails three of ten calls is put in while mail goes out: it is found out and taken back by itself, and no customer notices.
/// </summary>
public sealed class UpgradeUnderLoadTests(ITestOutputHelper output)
{
    private const int PerSecond = 50;
    private const int Orders = 30 * PerSecond;

    // A deferred message is due again in customers' time; nothing else here depends on its pace.
    private const double Speed = 60;

    private static readonly TimeSpan FoundOutWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_version_that_fails_three_calls_of_ten_is_taken_back_within_a_minute_and_nothing_is_lost_or_sent_twice()
    {
        await using var shop = new Shop(null, PlainShop.Begins, Speed);
        var bag = new Mailbag(shop.Folder);
        var source = new EventSource("shop");
        var orders = new SteadyOrders(shop, source, Orders);
        Configure(shop, bag);
        shop.AddSources(source);
        await shop.DoAsync("plugins", "install", bag.PackageOf("1.0.0"));
        await orders.PrepareAsync();
        await shop.StartAsync();
        var process = shop.Process.Id;

        var posting = orders.PostAsync(PerSecond);
        await UntilAsync(() => bag.CalledBy("1.0.0").Count > Orders / 10, "the first messages leave", posting);
        await shop.DoAsync("plugins", "upgrade", bag.PackageOf("2.0.0"));
        var began = Stopwatch.GetTimestamp();
        var rollback = await RollbackAsync(shop, began);
        var triedBy2 = bag.CalledBy("2.0.0").Count;
        output.WriteLine($"Taken back after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s and {triedBy2} calls: {rollback}");
        await posting;
        var books = await shop.UntilAsync(now => now.EnrolmentsByEvent == Orders && now.Quiet, TimeSpan.FromMinutes(3));

        Assert.False(shop.Process.Ended);
        Assert.Equal(process, shop.Process.Id);
        Assert.Equal(Orders, books.DeliveryRows);
        Assert.Equal(Orders, books.In("accepted") + books.In("unknown"));
        // Whatever was in it when it was taken back has ended soon after; nothing was given to it later.
        Assert.InRange(triedBy2, 20, 200);
        Assert.InRange(bag.CalledBy("2.0.0").Count, triedBy2, triedBy2 + 16);
        await CheckLedgerAsync(shop, bag);
        Assert.Contains("its version 2.0.0 was taken back at", await shop.DoAsync("plugins", "list"), StringComparison.Ordinal);
    }

    private static void Configure(Shop shop, Mailbag bag) => shop.Change(settings =>
    {
        settings["Content"] = new JsonObject { ["Folder"] = "content" };
        settings["Use"] = new JsonObject { ["EmailSender"] = "mail" };
        settings["Connections"]!.AsArray().Add(new JsonObject
        {
            ["Name"] = "mail", ["Plugin"] = Mailbag.Id, ["Settings"] = new JsonObject { ["Folder"] = bag.Files },
        });
    });

    private static async Task CheckLedgerAsync(Shop shop, Mailbag bag)
    {
        var ledger = await Ledger.ReadAsync(shop.Folder);
        var sent = bag.Sent.ToLookup(key => key);
        Assert.All(sent, key => Assert.Single(key));
        // What is told to have arrived has left, by one version; what nobody knows was given away once, to the new version.
        Assert.All(ledger.Rows.Values.Where(row => row.Accepted), row => Assert.True(sent.Contains(row.Key), row.Key));
        var unknown = ledger.Rows.Values.Where(row => row.Unknown).Select(row => row.Key).ToList();
        Assert.NotEmpty(unknown);
        Assert.All(unknown, key => Assert.Single(bag.CalledBy("2.0.0"), key));
        Assert.DoesNotContain(bag.CalledBy("1.0.0"), unknown.Contains);
        // One that was put off went out by the version that works.
        Assert.Contains(bag.CalledBy("2.0.0"), key => bag.CalledBy("1.0.0").Contains(key) && ledger.Rows[key].Accepted);
        var listed = await shop.DoAsync("deliveries", "list", "--state", "unknown", "--limit", "1000");
        Assert.All(unknown, key => Assert.Contains(key, listed, StringComparison.Ordinal));
    }

    private static async Task<string> RollbackAsync(Shop shop, long began)
    {
        var book = Path.Combine(shop.Folder, "data", "plugins", "installed.json");
        while (true)
        {
            var plugin = JsonNode.Parse(await File.ReadAllTextAsync(book))!["plugins"]![Mailbag.Id]!;
            if (plugin["rollbacks"]!.AsArray() is [{ } rollback])
            {
                Assert.Null(plugin["candidate"]);
                Assert.Equal("1.0.0", plugin["active"]!.GetValue<string>());
                return rollback["reason"]!.GetValue<string>();
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < FoundOutWithin, $"Not found out within {FoundOutWithin}:\n{plugin}\n{shop.Process.Output}");
            await Task.Delay(200);
        }
    }

    private static async Task UntilAsync(Func<bool> holds, string what, Task meanwhile)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            Assert.False(limit.IsCancellationRequested, $"This never came to be: {what}.");
            if (meanwhile.IsFaulted)
                await meanwhile;
            await Task.Delay(100);
        }
    }
}
