using System.Net;
using System.Text.Json;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Web.Tests.Access;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Customers;

public sealed class ExplainTests
{
    private const string Hostile = "<script>alert(1)</script>";

    private static string Page(string rest = "") => $"/customers/{A.Id(1):N}/explain/nps{rest}";

    [Fact]
    public async Task The_page_has_the_sentence_the_outcome_and_the_chain_in_the_customers_time()
    {
        await using var site = await SiteAsync();

        var page = await site.GetAsync(Page());

        Assert.Equal((HttpStatusCode.OK, "สมชาย: nps"), (page.Status, page.Heading));
        Assert.Contains("Anna did not get it: refused.", page.Document.QuerySelector(".card b")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("not arrived", page.Document.QuerySelector(".card .chip.bad")!.TextContent);
        Assert.Equal(["Events", "The walk"], page.Document.QuerySelectorAll("section h2").Select(title => title.TextContent));
        // 12:00 UTC is 19:00 in Bangkok.
        var time = page.Document.QuerySelector("tbody time")!;
        Assert.Equal(("2026-03-02T12:00:00Z", "2026-03-02 19:00"), (time.GetAttribute("datetime"), time.TextContent));
        Assert.Contains(Hostile, page.Document.QuerySelectorAll("tbody td")[2].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task The_customers_page_links_to_the_explanation_of_each_journey()
    {
        await using var site = await SiteAsync();
        site.Content.Journeys["nps"] = null!;

        var link = (await site.GetAsync($"/customers/{A.Id(1):N}")).Document.QuerySelector("details a")!;

        Assert.Equal((Page(), "nps"), (link.GetAttribute("href"), link.TextContent));
    }

    [Fact]
    public async Task It_is_there_as_json_for_one_event_too()
    {
        await using var site = await SiteAsync();

        var page = await site.GetAsync("/api" + Page("?event=shop/order/7"));

        var json = JsonDocument.Parse(page.Html).RootElement;
        Assert.Equal(("notArrived", "Events"), (json.GetProperty("outcome").GetString(), json.GetProperty("sections")[0].GetProperty("title").GetString()));
        Assert.Equal((A.Id(1), "nps", new EventName("shop", "order/7")), site.Explainer.Asked[^1]);
    }

    [Theory]
    [InlineData("/customers/nobody/explain/nps", HttpStatusCode.NotFound)]
    [InlineData("/customers/00000001-0000-0007-0000-000000000000/explain/nps?event=shop", HttpStatusCode.BadRequest)]
    [InlineData("/customers/00000001-0000-0007-0000-000000000000/explain/unknown", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_or_off_is_said_on_the_page_and_by_the_api(string path, HttpStatusCode status)
    {
        await using var site = await SiteAsync();
        site.Explainer.On = told => told with { Outcome = told.Journey == "unknown" ? ChainOutcome.JourneyUnknown : ChainOutcome.Waiting };

        var page = await site.GetAsync(path);
        var api = await site.GetAsync("/api" + path);

        Assert.Equal((status, status), (page.Status, api.Status));
        Assert.Equal("application/problem+json", api.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Nobody_reads_it_without_signing_in_and_marketing_reads_no_address()
    {
        await using var people = await SignedInSite.StartAsync();
        people.Site.Stores.Customers[A.Id(1)] = A.Customer();
        people.Site.Explainer.On = told => told with
        {
            Reason = "550 anna.ruiz@example.com unknown", Sentence = "Refused: ANNA.RUIZ@example.com unknown.",
            Sections = [new ExplainedSection("Events", [new ExplainedLine(null, "message", "sent to +447700900123 and anna.ruiz@example.com")])],
        };

        foreach (var path in new[] { Page(), "/api" + Page() })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await people.Site.GetAsync(path)).Status);
            Assert.Contains("anna.ruiz@example.com", (await people.GetAsync(path, await people.SessionAsync("anna"))).Html, StringComparison.Ordinal);
            var masked = await people.GetAsync(path, await people.SessionAsync("mark"));
            Assert.Equal(HttpStatusCode.OK, masked.Status);
            Assert.DoesNotContain("anna.ruiz", masked.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("7700900123", masked.Html, StringComparison.Ordinal);
        }
    }

    private static async Task<TestSite> SiteAsync()
    {
        var site = await TestSite.StartAsync();
        site.Stores.Customers[A.Id(1)] = A.Customer("th-TH", "Asia/Bangkok", "สมชาย");
        site.Explainer.On = told => told with
        {
            Outcome = ChainOutcome.NotArrived, Sentence = "Anna did not get it: refused.",
            Sections =
            [
                new ExplainedSection("Events", [new ExplainedLine(site.Customers.GetUtcNow(), "event", Hostile)]),
                new ExplainedSection("The walk", [new ExplainedLine(null, "walk", "stands")]),
            ],
        };
        return site;
    }
}
