using System.Net;
using System.Text;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Consent;

public sealed class UnsubscribeTests
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    [Fact]
    public async Task Trap_13_opening_the_link_does_nothing_and_shows_a_button()
    {
        await using var site = await SiteAsync("fa-IR");
        site.Stores.ForbidWrites = true;

        var page = await site.GetAsync(Path(site));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(("fa", "rtl"), (page.Document.DocumentElement.GetAttribute("lang"), page.Document.DocumentElement.GetAttribute("dir")));
        Assert.Equal("One-Click", page.Field("List-Unsubscribe"));
        Assert.Contains("Example Shop", page.Html, StringComparison.Ordinal);
        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path(site)));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Trap_13_one_click_is_taken_without_redirect_cookie_or_antiforgery_and_once_however_often_it_comes()
    {
        await using var site = await SiteAsync();
        for (var time = 0; time < 3; time++)
        {
            using var reply = await site.Client.PostAsync(Path(site), new StringContent(OneClick, Encoding.ASCII, "application/x-www-form-urlencoded"));
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.False(reply.Headers.Contains("Set-Cookie"));
        }

        var record = Assert.Single(site.Stores.Consents);
        Assert.Equal((Channel.Email, Purpose.Feedback, ConsentState.Withdrawn, "customer", "one-click unsubscribe"), (record.Channel, record.Purpose, record.State, record.By, record.How));
        var told = Assert.Single(site.Stores.Events);
        Assert.Equal((EventTypes.ConsentWithdrawn, "email", "feedback"), (told.Type, told.Data.GetProperty("channel").GetString(), told.Data.GetProperty("purpose").GetString()));
        Assert.Equal(CrmChangeKind.Consent, Assert.Single(site.Stores.WriteBacks).Kind);
    }

    [Fact]
    public async Task Trap_13_one_click_may_be_multipart()
    {
        await using var site = await SiteAsync();
        using var body = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };

        using var reply = await site.Client.PostAsync(Path(site), body);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Single(site.Stores.Consents);
    }

    [Theory]
    [InlineData("", "application/x-www-form-urlencoded")]
    [InlineData("List-Unsubscribe=No", "application/x-www-form-urlencoded")]
    [InlineData("List-Unsubscribe=One-Click", "text/plain")]
    [InlineData("--x\r\nbroken", "multipart/form-data; boundary=x")]
    [InlineData("{}", "application/json")]
    public async Task A_post_that_does_not_say_so_shows_the_button_and_does_nothing(string body, string type)
    {
        await using var site = await SiteAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var page = await PageSeen.OfAsync(await site.Client.PostAsync(Path(site), content));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("One-Click", page.Field("List-Unsubscribe"));
        Assert.Empty(site.Stores.Consents);
    }

    [Fact]
    public async Task What_was_withdrawn_can_be_given_back_and_withdrawn_again()
    {
        await using var site = await SiteAsync("th-TH");

        var stopped = await site.PostAsync(Path(site), ("List-Unsubscribe", "One-Click"), ("from", "page"));
        Assert.Equal(("เรียบร้อยแล้ว", "give"), (stopped.Heading, stopped.Field("consent")));
        var resumed = await site.PostAsync(Path(site), ("consent", "give"));
        Assert.Equal("เราจะส่งให้คุณต่อไป", resumed.Heading);
        site.Customers.Advance(TimeSpan.FromMinutes(1));
        await site.PostAsync(Path(site), ("List-Unsubscribe", "One-Click"));

        Assert.Equal([ConsentState.Withdrawn, ConsentState.Given, ConsentState.Withdrawn], site.Stores.Consents.Select(record => record.State));
        Assert.Equal("unsubscribe page", site.Stores.Consents[0].How);
        Assert.Equal(3, site.Stores.WriteBacks.Count);
        Assert.Equal([EventTypes.ConsentWithdrawn, EventTypes.ConsentGiven, EventTypes.ConsentWithdrawn], site.Stores.Events.Select(told => told.Type));
    }

    [Theory]
    [InlineData("th-TH", "th")]
    [InlineData("zh-CN", "zh")]
    [InlineData("pt-BR", "pt")]
    [InlineData("de-DE", "en")]
    public async Task The_page_speaks_the_customers_language(string locale, string language)
    {
        await using var site = await SiteAsync(locale);

        Assert.Equal(language, (await site.GetAsync(Path(site))).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_forged_link_or_one_of_another_kind_is_not_found()
    {
        await using var site = await SiteAsync();
        var survey = site.Links.Survey(A.Id(1)).Split("/s/")[1];

        foreach (var path in new[] { "/u/" + survey, "/u/AAAA", Path(site)[..^1] + (Path(site)[^1] == 'A' ? 'Q' : 'A') })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync(path, ("List-Unsubscribe", "One-Click"))).Status);
        }

        Assert.Empty(site.Stores.Consents);
    }

    [Fact]
    public async Task A_link_of_a_customer_who_is_gone_is_answered_all_the_same()
    {
        await using var site = await SiteAsync();
        site.Stores.Customers.Clear();

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Path(site), ("List-Unsubscribe", "One-Click"))).Status);
        Assert.Empty(site.Stores.Consents);
    }

    private static string Path(TestSite site) => new Uri(site.Links.Unsubscribe(A.Id(1), Channel.Email, Purpose.Feedback)).AbsolutePath;

    private static async Task<TestSite> SiteAsync(string locale = "en-GB")
    {
        var site = await TestSite.StartAsync();
        site.Stores.Customers[A.Id(1)] = A.Customer(locale);
        return site;
    }
}
