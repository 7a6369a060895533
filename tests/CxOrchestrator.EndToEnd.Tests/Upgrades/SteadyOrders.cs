using System.Globalization;
using System.Net;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Upgrades;

/// <summary>Orders of as many customers, each of which is answered with one mail at once, posted at a steady pace.</summary>
internal sealed class SteadyOrders(Shop shop, EventSource source, int count)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    private const string Journey =
        """
        journey: receipt
        purpose: service
        touchpoint: delivery
        trigger: { on: order.delivered }
        reentry: once
        steps:
          - send: welcome
            via: [ email ]
        """;

    /// <summary>Imports the customers, and writes the journey as the only content.</summary>
    public async Task PrepareAsync()
    {
        var content = Path.Combine(shop.Folder, "content");
        var message = Path.Combine(content, "messages", "welcome");
        Directory.CreateDirectory(message);
        Directory.CreateDirectory(Path.Combine(content, "journeys"));
        File.WriteAllText(Path.Combine(content, "journeys", "receipt.yaml"), Journey);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("templates", "messages", "welcome"), "en.*"))
            File.Copy(file, Path.Combine(message, Path.GetFileName(file)));
        CopyParts(Path.Combine(content, "parts"));

        var people = Path.Combine(shop.Folder, "people.csv");
        File.WriteAllLines(people, Enumerable.Range(0, count).Select(number => $"{Person(number)},{Person(number)},{Person(number)}@example.test,en").Prepend("id,name,email,locale"));
        await shop.DoAsync("customers", "import", people, "--map", "id.shop=id", "--map", "name=name", "--map", "email=email", "--map", "locale=locale");
    }

    /// <summary>Posts them, so many a second.</summary>
    public async Task PostAsync(int perSecond)
    {
        using var beat = new PeriodicTimer(Beat);
        var each = (int)(perSecond * Beat.TotalSeconds);
        foreach (var some in Enumerable.Range(0, count).Chunk(each))
        {
            await beat.WaitForNextTickAsync();
            var (status, body) = await source.PostAsync(
                shop, some.Select(number => source.Event($"order-{Person(number)}", "order.delivered", Person(number), PlainShop.Begins)).ToList());
            Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        }
    }

    // What the message is made of.
    private static void CopyParts(string to)
    {
        var from = Repository.PathOf("templates", "parts");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number:D5}");
}
