using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxOrchestrator.EndToEnd.Tests.Answers;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.MailServers;

namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>
/// The real orders walking the post-delivery journey, with real mail and customers who answer as they did in life. The steps are here; what must hold
/// afterwards is in the tests.
/// </summary>
internal sealed partial class OrderJourneyRun : IAsyncDisposable
{
    // After the last real event, a Thursday morning in every zone that the people live in.
    private static readonly DateTimeOffset Start = new(2018, 11, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, (int Score, string Comment)> _given = [];

    private OrderJourneyRun(MailRig mail)
    {
        Mail = mail;
        Shop = new Shop(mail, Start, journey: "post-delivery-nps");
    }

    public MailRig Mail { get; }

    public Shop Shop { get; }

    public RealOrders Orders { get; } = RealOrders.Load();

    /// <summary>Answers that the page has taken, by person.</summary>
    public IReadOnlyDictionary<string, (int Score, string Comment)> Given => _given;

    /// <summary>An installation with the people and their delivered orders imported, not yet running.</summary>
    public static async Task<OrderJourneyRun> PrepareAsync()
    {
        var run = new OrderJourneyRun(await MailRig.StartAsync());
        try
        {
            var people = Path.Combine(run.Shop.Folder, "people.csv");
            People.Write(people, run.Orders.Delivered.Select(order => order.Person));
            await run.Shop.DoAsync("journeys", "publish");
            await run.Shop.DoAsync(OrderImport.PeopleOf(people));
            await run.Shop.DoAsync(OrderImport.OrdersOf(run.Orders.Folder));
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>All mail that arrived, each survey link with the order that it goes back to.</summary>
    public async Task<(IReadOnlyList<ReadMessage> Messages, IReadOnlyDictionary<string, LedgerRow> Ledger)> ReadMailAsync() =>
        (await Mail.ReadAsync(), (await Ledger.ReadAsync(Shop.Folder)).Rows);

    /// <summary>The ledger's key of a message.</summary>
    public static string KeyOf(ReadMessage message) => message.MessageId.Trim('<', '>').Split('@')[0];

    /// <summary>The survey link in a text.</summary>
    public static Uri? LinkIn(string? text) => text is not null && Link().Match(text) is { Success: true } match ? new Uri(match.Value) : null;

    /// <summary>Everybody whose order was reviewed, and who has a link and has not answered yet, answers with that review.</summary>
    public async Task AnswerAsync()
    {
        var (messages, ledger) = await ReadMailAsync();
        var reviews = Orders.Delivered.Where(order => order.Review is not null).ToDictionary(order => order.Id, order => order.Review!);
        var customer = new AnsweringCustomer(Shop.Http);
        var answers = messages
            .Select(message => (Link: LinkIn(message.Text), Row: ledger[KeyOf(message)]))
            .Where(one => one.Link is not null && reviews.ContainsKey(one.Row.Order) && !_given.ContainsKey(one.Row.Person))
            .DistinctBy(one => one.Row.Person)
            .ToList();
        await Parallel.ForEachAsync(answers, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (one, _) =>
        {
            var review = reviews[one.Row.Order];
            await customer.AnswerAsync(one.Link!, review.Score, review.Comment);
            lock (_given)
                _given[one.Row.Person] = (review.Score, review.Comment);
        });
    }

    /// <summary>The timeline of a customer as the API tells it.</summary>
    public async Task<IReadOnlyList<JsonElement>> TimelineAsync(string customer)
    {
        using var document = JsonDocument.Parse(await Shop.Http.GetStringAsync(new Uri(Shop.Url, $"/api/customers/{customer}/timeline")));
        var root = document.RootElement.Clone();
        return [.. (root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("entries")).EnumerateArray()];
    }

    /// <summary>What the CRM connection holds: the lines of its file, by person.</summary>
    public async Task<ILookup<string, JsonElement>> CrmAsync()
    {
        var file = Directory.EnumerateFiles(Path.Combine(Shop.Folder, "data"), "people.ndjson", SearchOption.AllDirectories).Single();
        // The connection keeps the file locked against .NET's readers; others may look.
        using var cat = Process.Start(new ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var text = await cat.StandardOutput.ReadToEndAsync();
        await cat.WaitForExitAsync();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToLookup(line => line.GetProperty("personId").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Mail.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/s/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
