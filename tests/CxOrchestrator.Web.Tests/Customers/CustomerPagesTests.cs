using System.Net;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Web.Customers;
using CxOrchestrator.Web.Tests.Access;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Customers;

public sealed class CustomerPagesTests
{
    private const string Hostile = "<script>alert(1)</script>\u202Eevil\"'&";

    [Fact]
    public async Task The_timeline_shows_all_kinds_by_day_in_the_customers_zone_newest_first()
    {
        await using var site = await SiteAsync();
        site.Staff.Timeline.AddRange(AllKinds(site.Customers.GetUtcNow()));

        var page = await site.GetAsync($"/customers/{A.Id(1):N}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["Tuesday, 3 March 2026", "Monday, 2 March 2026"], page.Document.QuerySelectorAll(".day > h2").Select(day => day.TextContent));
        Assert.Equal(
            ["Consent:", "Written to the CRM:", "Case:", "Answer:", "Text message:", "E-mail:", "Journey:", "Event:"],
            page.Document.QuerySelectorAll(".entry h3 > .soft").Select(label => label.TextContent));
        Assert.Equal("Order delivered", page.Document.QuerySelectorAll(".entry h3 bdi")[^1].TextContent);
        var first = page.Document.QuerySelectorAll(".entry time")[^1];
        // 12:00 UTC is 19:00 in Bangkok.
        Assert.Equal(("2026-03-02T12:00:00Z", "19:00"), (first.GetAttribute("datetime"), first.TextContent));
        Assert.Contains("2026-03-02 12:00 UTC", first.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("auto", page.Document.QuerySelector("blockquote")!.GetAttribute("dir"));
        Assert.All(page.Document.QuerySelectorAll("svg"), icon => Assert.NotNull(icon.Closest("[aria-hidden=true]")));
    }

    [Fact]
    public async Task What_services_told_stands_there_in_words_and_a_record_that_is_gone_is_told()
    {
        await using var site = await SiteAsync();
        site.Stores.Customers[A.Id(1)] = site.Stores.Customers[A.Id(1)] with { GoneAt = site.Customers.GetUtcNow() };
        site.Staff.Timeline.Add(new TimelineEntry(
            site.Customers.GetUtcNow(), TimelineKind.Event, "message.replied", "processed", Hostile, "", "sms", null));

        var page = await site.GetAsync($"/customers/{A.Id(1):N}");

        Assert.Equal(("Text message:", "Replied"), (page.Document.QuerySelector(".entry h3 > .soft")!.TextContent, page.Document.QuerySelector(".entry h3 bdi")!.TextContent));
        Assert.Contains(Hostile, page.Document.QuerySelector(".entry p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
        Assert.Contains("no record in the CRM any more", page.Document.QuerySelector(".person")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "10 · promoter", "good")]
    [InlineData(7, "7 · passive", "fair")]
    [InlineData(6, "6 · detractor", "bad")]
    public async Task A_score_is_told_by_word_and_colour(int score, string words, string tone)
    {
        await using var site = await SiteAsync();
        site.Staff.Timeline.Add(new TimelineEntry(site.Customers.GetUtcNow(), TimelineKind.Response, "nps", "answered", "ok", "", "", score));

        var page = await site.GetAsync($"/customers/{A.Id(1):N}");

        var chips = page.Document.QuerySelectorAll($".chip.{tone}").Where(chip => chip.TextContent == words).ToList();
        Assert.Equal(2, chips.Count);
    }

    [Fact]
    public async Task What_customers_write_never_becomes_part_of_the_page_and_names_stand_apart()
    {
        await using var site = await SiteAsync(name: Hostile);
        site.Staff.Timeline.Add(new TimelineEntry(site.Customers.GetUtcNow(), TimelineKind.Response, "nps", "answered", Hostile, Hostile, Hostile, 1));
        site.Staff.Cases.Add(ACase(site, "late", TimeSpan.FromHours(-2)) with { Subject = Hostile, Body = Hostile, Owner = Hostile });

        foreach (var path in new[] { $"/customers/{A.Id(1):N}", "/customers", "/customers?q=%3Cscript%3E", "/cases" })
        {
            var page = await site.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("script"));
        }

        var timeline = await site.GetAsync($"/customers/{A.Id(1):N}");
        Assert.Equal(Hostile, timeline.Document.QuerySelector("h1 > bdi")!.TextContent);
        Assert.StartsWith(Hostile, timeline.Document.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_whole_for_agents_and_masked_for_marketing()
    {
        await using var people = await SignedInSite.StartAsync();
        people.Site.Stores.Customers[A.Id(1)] = A.Customer();
        var agent = await people.SessionAsync("anna");
        var marketing = await people.SessionAsync("mark");

        foreach (var path in new[] { $"/customers/{A.Id(1):N}", "/customers", $"/api/customers/{A.Id(1):N}/timeline" })
        {
            Assert.Contains("anna.ruiz@example.com", (await people.GetAsync(path, agent)).Html, StringComparison.Ordinal);
            var masked = (await people.GetAsync(path, marketing)).Html;
            Assert.DoesNotContain("anna.ruiz", masked, StringComparison.Ordinal);
            Assert.Contains("a•••@e•••.com", masked, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Channel.Email, "a@b", "•••")]
    [InlineData(Channel.Email, "anna@mail.example.co.th", "a•••@m•••.th")]
    [InlineData(Channel.Sms, "+66812345678", "+66•••78")]
    [InlineData(Channel.Sms, "+12345", "•••")]
    public void A_mask_keeps_little(Channel channel, string address, string shown) =>
        Assert.Equal(shown, AddressMask.Of(new ContactPoint(channel, address)));

    [Fact]
    public async Task The_header_says_who_it_is_and_what_they_consented_to()
    {
        await using var site = await SiteAsync();
        site.Stores.Consents.Add(new ConsentRecord(A.Id(1), Channel.Email, Purpose.Feedback, ConsentState.Withdrawn, "customer", "page", site.Customers.GetUtcNow()));

        var header = (await site.GetAsync($"/customers/{A.Id(1):N}")).Document.QuerySelector(".facts")!.TextContent;

        Assert.Contains("Mon 2 Mar 2026, 19:00 (Asia/Bangkok)", header, StringComparison.Ordinal);
        Assert.Contains("feedback by email: withdrawn", header, StringComparison.Ordinal);
        Assert.Contains("th-TH", header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/customers/00000000000000000000000000000000")]
    [InlineData("/customers/nobody")]
    public async Task An_unknown_customer_is_a_kind_page(string path)
    {
        await using var site = await SiteAsync();

        var page = await site.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "No such customer"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Customers_are_listed_page_by_page_and_found_by_search()
    {
        await using var site = await TestSite.StartAsync();
        for (var number = 1; number <= 120; number++)
            site.Stores.Customers[A.Id(number)] = A.Customer(name: $"Customer {number:000}", number: number);

        var seen = new List<string>();
        for (var path = "/customers"; path is not null;)
        {
            var page = await site.GetAsync(path);
            seen.AddRange(page.Document.QuerySelectorAll(".list a.main").Select(link => link.TextContent));
            path = page.Document.QuerySelector("a.more")?.GetAttribute("href");
        }

        Assert.Equal(120, seen.Distinct().Count());
        Assert.Equal("Customer 077", (await site.GetAsync("/customers?q=customer+077")).Document.QuerySelector(".list a.main")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/customers?q=nobody&after=rubbish")).Status);
    }

    [Fact]
    public async Task The_timeline_is_there_as_json()
    {
        await using var site = await SiteAsync();
        site.Staff.Timeline.AddRange(AllKinds(site.Customers.GetUtcNow()));

        var page = await site.GetAsync($"/api/customers/{A.Id(1):N}/timeline");

        Assert.Equal("application/json", page.Response.Content.Headers.ContentType!.MediaType);
        var json = JsonDocument.Parse(page.Html).RootElement;
        Assert.Equal(8, json.GetProperty("entries").GetArrayLength());
        Assert.Equal("response", json.GetProperty("entries")[3].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Cases_are_listed_by_due_time_with_what_is_overdue_in_words()
    {
        await using var site = await SiteAsync();
        site.Staff.Cases.Add(ACase(site, "soon", TimeSpan.FromHours(3)));
        site.Staff.Cases.Add(ACase(site, "late", TimeSpan.FromHours(-26)) with { State = Core.Cases.CaseState.Open, TicketId = "T-1", Connection = "desk" });
        site.Staff.Cases.Add(ACase(site, "done", TimeSpan.FromHours(-50)) with { State = Core.Cases.CaseState.Solved });

        var page = await site.GetAsync("/cases");

        Assert.Equal(["late", "soon"], page.Document.QuerySelectorAll("summary").Select(summary => summary.TextContent));
        Assert.Equal("overdue by 1 d", page.Document.QuerySelector(".chip.bad")!.TextContent);
        Assert.Contains("ticket T-1 in desk", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("done", Assert.Single((await site.GetAsync("/cases?state=solved")).Document.QuerySelectorAll("summary")).TextContent);
    }

    private static async Task<TestSite> SiteAsync(string name = "สมชาย ใจดี")
    {
        var site = await TestSite.StartAsync();
        site.Stores.Customers[A.Id(1)] = A.Customer("th-TH", "Asia/Bangkok", name);
        return site;
    }

    private static Core.Cases.Case ACase(TestSite site, string subject, TimeSpan due) => new()
    {
        Id = A.Id(1), CustomerId = A.Id(1), Origin = subject, Kind = "detractor", Owner = "care-team", DueAt = site.Customers.GetUtcNow() + due,
        Subject = subject, Body = "body", OpenedAt = site.Customers.GetUtcNow(), ChangedAt = site.Customers.GetUtcNow(),
    };

    private static IEnumerable<TimelineEntry> AllKinds(DateTimeOffset start) =>
    [
        new(start, TimelineKind.Event, "order.delivered", "processed", "from shop", "", "", null),
        new(start.AddMinutes(1), TimelineKind.Enrolment, "post-delivery-nps", "began", "version 1", "post-delivery-nps", "", null),
        new(start.AddMinutes(2), TimelineKind.Delivery, "nps-invitation", "accepted", "", "post-delivery-nps", "email", null),
        new(start.AddMinutes(3), TimelineKind.Delivery, "nps-reminder", "deferred", "quiet hours", "post-delivery-nps", "sms", null),
        // 17:30 UTC is half past midnight of the next day in Bangkok.
        new(start.AddHours(5.5), TimelineKind.Response, "nps", "answered", "ช้ามาก", "post-delivery-nps", "", 3),
        new(start.AddHours(5.6), TimelineKind.Case, "NPS 3", "opening", "owner care-team", "post-delivery-nps", "", null),
        new(start.AddHours(5.7), TimelineKind.WriteBack, "NPS 3, delivery", "written", "to crm", "", "", null),
        new(start.AddHours(5.8), TimelineKind.Consent, "feedback", "withdrawn", "by customer", "", "email", null),
    ];
}
