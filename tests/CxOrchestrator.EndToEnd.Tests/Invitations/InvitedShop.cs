using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.Invitations;

/// <summary>
/// A running shop whose mail stays in the sandbox. Its customers came by file, an order of each has been delivered three days ago, and the invitations to
/// the survey have just gone out. Customers' time runs at its own pace and moves on where a test says so.
/// </summary>
internal sealed partial class InvitedShop : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private DateTimeOffset _now = PlainShop.Begins;

    private InvitedShop(IReadOnlyList<Someone> people) => People = people;

    public IReadOnlyList<Someone> People { get; }

    public Shop Shop { get; } = PlainShop.New();

    public EventSource Source { get; } = new("shop");

    /// <summary>Opens one.</summary>
    public static async Task<InvitedShop> OpenAsync(params Someone[] people)
    {
        var invited = new InvitedShop(people);
        try
        {
            await invited.BeginAsync();
            return invited;
        }
        catch
        {
            await invited.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets customers' time jump, over a night in which the machine was off.</summary>
    public async Task MoveOnAsync(TimeSpan by)
    {
        await Shop.KillAsync();
        _now += by;
        Shop.SetClock(_now);
        await Shop.StartAsync();
    }

    /// <summary>A mail that a customer got, as it left: the HTML part. The first one, which is the invitation, or the newest.</summary>
    public async Task<string> MailAsync(Someone customer, bool newest = false) =>
        await Shop.Http.GetStringAsync(new Uri($"{await MailPageAsync(customer, newest)}/html"));

    /// <summary>The page on which staff sees a mail that a customer got.</summary>
    public async Task<Uri> MailPageAsync(Someone customer, bool newest = false)
    {
        using var outbox = await new HtmlParser().ParseDocumentAsync(await Shop.Http.GetStringAsync(new Uri(Shop.Url, "/outbox")));
        // The newest stands first, and the invitation came before all others.
        var rows = outbox.QuerySelectorAll("ul.list > li").Where(item => item.TextContent.Contains(customer.Name, StringComparison.Ordinal)).ToList();
        return new Uri(Shop.Url, rows[newest ? 0 : ^1].QuerySelector("a")!.GetAttribute("href")!);
    }

    /// <summary>Every address that a mail links to.</summary>
    public static IReadOnlyList<Uri> LinksIn(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        return [.. document.QuerySelectorAll("a[href]").Select(link => new Uri(link.GetAttribute("href")!)).Distinct()];
    }

    /// <summary>The survey link of a customer's mail.</summary>
    public async Task<Uri> SurveyLinkAsync(Someone customer, bool newest = false) =>
        LinksIn(await MailAsync(customer, newest)).First(link => link.AbsolutePath.StartsWith("/s/", StringComparison.Ordinal) && link.Query.Length == 0);

    /// <summary>The unsubscribe link of a customer's mail.</summary>
    public async Task<Uri> UnsubscribeLinkAsync(Someone customer) =>
        LinksIn(await MailAsync(customer)).First(link => link.AbsolutePath.StartsWith("/u/", StringComparison.Ordinal));

    /// <summary>The page of a customer, found by searching for the address.</summary>
    public async Task<Uri> PageOfAsync(Someone customer)
    {
        var list = await Shop.Http.GetStringAsync(new Uri(Shop.Url, $"/customers?q={Uri.EscapeDataString(customer.Email)}"));
        return new Uri(Shop.Url, CustomerPath().Match(list).Value);
    }

    /// <summary>A customer's timeline as the API tells it, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> TimelineAsync(Someone customer)
    {
        var id = (await PageOfAsync(customer)).Segments[^1];
        using var document = JsonDocument.Parse(await Shop.Http.GetStringAsync(new Uri(Shop.Url, $"/api/customers/{id}/timeline")));
        return [.. document.RootElement.Clone().GetProperty("entries").EnumerateArray()];
    }

    /// <summary>Waits until the timeline of a customer holds an entry of a kind.</summary>
    public async Task<JsonElement> EntryAsync(Someone customer, string kind)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var entries = await TimelineAsync(customer);
            if (entries.FirstOrDefault(entry => entry.GetProperty("kind").GetString() == kind) is { ValueKind: JsonValueKind.Object } found)
                return found;
            Assert.False(limit.IsCancellationRequested, $"No {kind} on the timeline of {customer.Name}: {JsonSerializer.Serialize(entries)}");
            await Task.Delay(100);
        }
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    private async Task BeginAsync()
    {
        Shop.AddSources(Source);
        var file = Path.Combine(Shop.Folder, "people.csv");
        await File.WriteAllLinesAsync(file, People.Select(one => $"{one.Id},{one.Name},{one.Email},{one.Locale},{one.Zone}").Prepend("id,name,email,locale,zone"));
        await Shop.DoAsync(
            "customers", "import", file, "--map", "id.shop=id", "--map", "name=name", "--map", "email=email", "--map", "locale=locale", "--map", "timeZone=zone");
        Shop.SetClock(_now);
        await Shop.StartAsync();
        foreach (var customer in People)
        {
            var (status, body) = await Source.PostAsync(Shop, Source.Event($"order-{customer.Id}", "order.delivered", customer.Id, PlainShop.Begins));
            Assert.True(status == System.Net.HttpStatusCode.OK, $"{status}: {body}");
        }

        await Shop.UntilAsync(books => books.EnrolmentsByEvent == People.Count, Limit);
        await MoveOnAsync(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(10));
        await Shop.UntilAsync(books => books.In("accepted") == People.Count && books.Quiet, Limit);
    }

    [GeneratedRegex("/customers/[0-9a-f]{32}")]
    private static partial Regex CustomerPath();
}
