using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.EndToEnd.Tests.Upgrades;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Promises;

/// <summary>Two processes of the real executable over one PostgreSQL, each with a folder of its own.</summary>
public sealed class NodesTests
{
    private const int Orders = 200;

    // A campaign of a minute ahead comes in two seconds.
    private const double Speed = 30;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task A_campaign_runs_once_a_killed_nodes_work_is_taken_over_and_one_that_is_stopped_hands_on_at_once()
    {
        Needs.Postgres();
        await using var one = new Shop(null, PlainShop.Begins, Speed);
        await using var two = new Shop(null, PlainShop.Begins, Speed);
        var source = new EventSource("shop");
        Share(one, two, source);
        await one.DoAsync("migrate");
        var orders = new SteadyOrders(one, source, Orders);
        await orders.PrepareAsync();
        AddCampaign(one.Folder);
        await one.DoAsync("journeys", "publish");
        await one.StartAsync();
        await two.StartAsync();
        await BothAsync(one, "running", "running");

        await orders.PostAsync(Orders);
        var books = await one.UntilAsync(now => now.EnrolmentsByEvent == Orders && now.EnrolmentsBySchedule == Orders && now.Quiet, Patience);
        Assert.Equal(2 * Orders, books.DeliveryRows);
        Assert.Equal(2 * Orders, books.In("accepted"));

        // Killed: its lease of four seconds ends, and the other takes over.
        await two.KillAsync();
        await BothAsync(one, "running", "lost");
        Assert.Contains("node-2 was not heard of for longer than its lease: node-1 takes over", one.Process.Output, StringComparison.Ordinal);

        // Started again, then stopped: it says so itself, and holds nothing.
        await two.StartAsync();
        await BothAsync(one, "running", "running");
        Assert.Equal(0, await one.Process.StopAsync());
        var nodes = await BothAsync(two, "stopped", "running");
        Assert.All(nodes.Where(node => node.State != "running"), node => Assert.Empty(node.Holds));
        Assert.Equal(books.DeliveryRows, (await two.BooksAsync()).DeliveryRows);
        Assert.Equal(0, await two.Process.StopAsync());
    }

    [SkippableFact]
    public async Task A_node_that_signs_links_with_another_key_or_has_another_nodes_name_does_not_start()
    {
        Needs.Postgres();
        await using var one = PlainShop.New();
        await using var two = PlainShop.New();
        Share(one, two);
        await one.DoAsync("migrate");
        await one.StartAsync();

        two.Change(settings => settings.Remove("Links"));
        var (exitCode, output) = await CxoProcess.RunAsync(two.Folder, "run");
        Assert.Equal(1, exitCode);
        Assert.Contains("sign with another key", output, StringComparison.Ordinal);
        Assert.Contains("Links:SigningKey", output, StringComparison.Ordinal);

        var key = one.Settings()["Links"]!.DeepClone();
        two.Change(settings =>
        {
            settings["Links"] = key;
            settings["Node"]!["Name"] = "node-1";
        });
        (exitCode, output) = await CxoProcess.RunAsync(two.Folder, "run");
        Assert.Equal(1, exitCode);
        Assert.Contains("Node:Name node-1 is taken", output, StringComparison.Ordinal);
        Assert.False(one.Process.Ended);
    }

    private static async Task<IReadOnlyList<NodeReading>> BothAsync(Shop shop, string first, string second)
    {
        for (var tries = 0; ; tries++)
        {
            var (_, output) = await CxoProcess.RunAsync(shop.Folder, "nodes", "--json");
            var nodes = JsonSerializer.Deserialize<List<NodeReading>>(output, Web)!;
            string StateOf(string name) => nodes.FirstOrDefault(node => node.Name == name)?.State ?? "";
            if (StateOf("node-1") == first && StateOf("node-2") == second)
                return nodes;
            Assert.True(tries < 30, output);
        }
    }

    // What all nodes have in common, and what each has for itself.
    private static void Share(Shop one, Shop two, params EventSource[] sources)
    {
        var database = Secret("DATABASE", PostgresServer.Running.NewDatabase());
        var key = Secret("LINKS", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var clock = one.Settings()["Clock"]!;
        var number = 0;
        foreach (var shop in new[] { one, two })
        {
            number++;
            shop.Change(settings =>
            {
                settings["Storage"] = new JsonObject { ["Kind"] = "postgres", ["Connection"] = database };
                settings["Node"] = new JsonObject { ["Name"] = string.Create(CultureInfo.InvariantCulture, $"node-{number}"), ["LeaseSeconds"] = 4 };
                settings["Links"] = new JsonObject { ["SigningKey"] = key };
                settings["Clock"] = clock.DeepClone();
                if (sources.Length > 0)
                    settings["Content"] = new JsonObject { ["Folder"] = Path.Combine(one.Folder, "content") };
            });
            if (sources.Length > 0)
                shop.AddSources(sources);
        }
    }

    private static void AddCampaign(string folder) => File.WriteAllText(
        Path.Combine(folder, "content", "journeys", "news.yaml"),
        """
        journey: news
        purpose: service
        touchpoint: delivery
        trigger: { cron: "0 * * * * ?", zone: Etc/UTC }
        reentry: once
        steps:
          - send: welcome
            via: [ email ]
        """);

    private static string Secret(string what, string value)
    {
        var variable = $"CXO_{what}_{RandomNumberGenerator.GetHexString(8)}";
        Environment.SetEnvironmentVariable(variable, value);
        return $"env:{variable}";
    }

    private sealed record NodeReading(string Name, string State, Dictionary<string, long> Holds);
}
