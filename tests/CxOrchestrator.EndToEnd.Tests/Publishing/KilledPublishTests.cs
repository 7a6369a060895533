using System.Globalization;
using System.Text.Json;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.Publishing;

/// <summary>The real executable is killed in the middle of a publication.</summary>
public sealed class KilledPublishTests
{
    private const int People = 12_000;

    [Fact]
    public async Task A_publication_that_is_killed_in_the_middle_is_finished_by_the_next_start_and_nobody_is_lost()
    {
        await using var shop = PlainShop.New();
        var file = WriteContent(shop, "30d", "");
        await FillAsync(shop);
        WriteContent(shop, "40d", "moves: [ { from: start, to: start } ]");
        var before = await PlanAsync(shop, file);
        Assert.Equal((1, 2, People), Numbers(before));

        await using (var publishing = CxoProcess.Start(shop.Folder, "journeys", "publish", file, "--plan", before.GetProperty("id").GetString()!))
        {
            while (!publishing.Output.Contains("people decided on", StringComparison.Ordinal))
            {
                Assert.False(publishing.Ended, publishing.Output);
                await Task.Delay(1);
            }

            await publishing.KillAsync();
        }

        var cut = await StandingAsync(shop, file);
        Assert.Equal(People, cut.Values.Sum());
        Assert.True(cut.GetValueOrDefault(1) > 0 && cut.GetValueOrDefault(2) > 0, $"It was not killed in the middle: {JsonSerializer.Serialize(cut)}");

        await shop.StartAsync();
        Assert.Equal(new Dictionary<int, int> { [2] = People }, await StandingAsync(shop, file));
        Assert.DoesNotContain("still moves people", await shop.DoAsync("journeys", "list"), StringComparison.Ordinal);
        Assert.Equal(0, await shop.Process.StopAsync());
        var back = await shop.DoAsync("journeys", "rollback", "many");
        Assert.Contains($"{People.ToString("N0", CultureInfo.InvariantCulture)} stand where they stood before", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_killed_before_it_has_begun_has_not_happened()
    {
        await using var shop = PlainShop.New();
        var file = WriteContent(shop, "30d", "");
        await shop.DoAsync("journeys", "publish");
        WriteContent(shop, "40d", "");

        await using (var publishing = CxoProcess.Start(shop.Folder, "journeys", "publish", file))
            await publishing.KillAsync();

        Assert.Equal(1, (await PlanAsync(shop, file)).GetProperty("baseVersion").GetInt32());
        Assert.Contains("published journey many version 2", await shop.DoAsync("journeys", "publish", file), StringComparison.Ordinal);
    }

    private static string WriteContent(Shop shop, string wait, string moves)
    {
        var content = Path.Combine(shop.Folder, "content");
        Directory.CreateDirectory(Path.Combine(content, "journeys"));
        Directory.CreateDirectory(Path.Combine(content, "messages", "hello"));
        File.WriteAllText(Path.Combine(content, "messages", "hello", "en.subject"), "Hello");
        File.WriteAllText(Path.Combine(content, "messages", "hello", "en.txt"), "Hello.");
        var file = Path.Combine(content, "journeys", "many.yaml");
        File.WriteAllText(file, $"journey: many\npurpose: service\ntrigger: {{ on: order.delivered }}\n{moves}\nsteps:\n  - {{ wait: {wait}, id: start }}\n  - {{ send: hello, id: greet }}\n");
        shop.Change(settings => settings["Content"] = new System.Text.Json.Nodes.JsonObject { ["Folder"] = "content" });
        return file;
    }

    // People come by file, and their orders, and the engine enrols them.
    private static async Task FillAsync(Shop shop)
    {
        var (people, orders) = (Path.Combine(shop.Folder, "people.csv"), Path.Combine(shop.Folder, "orders.csv"));
        var numbers = Enumerable.Range(0, People).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        await File.WriteAllLinesAsync(people, numbers.Select(number => $"c{number},Anna {number},c{number}@example.test").Prepend("id,name,email"));
        await File.WriteAllLinesAsync(orders, numbers.Select(number => $"o{number},c{number},2026-03-02 11:00:00").Prepend("id,customer,time"));
        // Orders are taken once a published journey names them.
        await shop.DoAsync("journeys", "publish");
        await shop.DoAsync("customers", "import", people, "--map", "id.shop=id", "--map", "name=name", "--map", "email=email");
        await shop.DoAsync(
            "events", "import", orders, "--source", "shop", "--zone", "Etc/UTC", "--map", "id=id", "--map", "type:=order.delivered", "--map", "subject=customer", "--map", "time=time");
        await shop.StartAsync();
        await shop.UntilAsync(books => books.EnrolmentsByEvent == People && books.Quiet, TimeSpan.FromMinutes(3));
        Assert.Equal(0, await shop.Process.StopAsync());
        await shop.ForgetAsync();
    }

    private static async Task<JsonElement> PlanAsync(Shop shop, string file)
    {
        using var plan = JsonDocument.Parse(await shop.DoAsync("journeys", "plan", file, "--json"));
        return plan.RootElement.Clone();
    }

    private static (int Base, int Version, int Moving) Numbers(JsonElement plan) =>
        (plan.GetProperty("baseVersion").GetInt32(), plan.GetProperty("version").GetInt32(), plan.GetProperty("moving").GetInt32());

    private static async Task<Dictionary<int, int>> StandingAsync(Shop shop, string file) =>
        (await PlanAsync(shop, file)).GetProperty("people").EnumerateArray().GroupBy(step => step.GetProperty("version").GetInt32())
        .ToDictionary(version => version.Key, version => version.Sum(step => step.GetProperty("people").GetInt32()));
}
