using System.Net;
using System.Text;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Surveys;

public sealed class SurveyAnswerTests
{
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_answer_is_recorded_and_the_browser_sent_on_to_a_page_of_thanks()
    {
        var (site, token) = await A.AskedSiteAsync("fa-IR", "Asia/Tehran");
        await using var _ = site;

        var sent = await AnswerAsync(site, token, "9", "خیلی خوب");

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        var thanks = await site.GetAsync("/s/" + sent.Response.Headers.Location!.OriginalString);
        Assert.Equal("سپاسگزاریم!", thanks.Heading);
        // 12:00 UTC is 15:30 in Tehran; the answer may be changed for an hour.
        Assert.Contains("۱۶:۳۰", thanks.Html, StringComparison.Ordinal);
        var response = Assert.Single(site.Stores.Responses);
        Assert.Equal((9, "خیلی خوب", "fa", 1), (response.Score!.Value, response.Comment, response.Language, response.Revision));
    }

    [Fact]
    public async Task The_same_answer_twice_is_one_revision()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        await AnswerAsync(site, token, "9", "line\nline");
        var again = await AnswerAsync(site, token, "9", "line\r\nline ");

        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal(1, Assert.Single(site.Stores.Responses).Revision);
        Assert.Single(site.Stores.Events);
    }

    [Fact]
    public async Task An_answer_may_be_changed_within_the_hour_and_is_refused_kindly_after_it()
    {
        var (site, token) = await A.AskedSiteAsync("pt-BR", "America/Sao_Paulo");
        await using var _ = site;
        await AnswerAsync(site, token, "9", "antes");

        site.Customers.Advance(TimeSpan.FromMinutes(59));
        var form = await site.GetAsync($"/s/{token}");
        Assert.Equal(("9", "antes"), (form.Chosen, form.Document.QuerySelector("textarea")!.TextContent));
        Assert.Contains("10:00", form.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(site, token, "3", "depois")).Status);

        site.Customers.Advance(TimeSpan.FromMinutes(1));
        var late = await AnswerAsync(site, token, "10", "tarde");
        Assert.Equal((HttpStatusCode.Conflict, "Você já respondeu"), (late.Status, late.Heading));
        Assert.Equal(HttpStatusCode.Conflict, (await site.GetAsync($"/s/{token}")).Status);
        var thanks = await site.GetAsync($"/s/{token}?thanks=1");
        Assert.Equal(HttpStatusCode.OK, thanks.Status);
        Assert.Null(thanks.Document.QuerySelector("a.link"));
        var response = Assert.Single(site.Stores.Responses);
        Assert.Equal((3, "depois", 2), (response.Score!.Value, response.Comment, response.Revision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("11")]
    [InlineData("-1")]
    [InlineData("nine")]
    [InlineData("999999999999")]
    public async Task A_missing_or_impossible_score_brings_the_page_back_with_a_linked_error_and_all_that_was_typed(string score)
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var page = await AnswerAsync(site, token, score, "my words");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var link = page.Document.QuerySelector(".errors a")!;
        Assert.Equal("Choose a number from 0 to 10.", link.TextContent);
        Assert.NotNull(page.Document.QuerySelector("input" + link.GetAttribute("href")));
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        Assert.Contains("score-wrong", page.Document.QuerySelector("fieldset")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("my words", page.Document.QuerySelector("textarea")!.TextContent);
        Assert.Empty(site.Stores.Responses);
    }

    [Fact]
    public async Task A_comment_of_the_longest_length_is_taken_in_any_language()
    {
        var (site, token) = await A.AskedSiteAsync("th-TH");
        await using var _ = site;
        var comment = new string('ก', 4_000);

        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(site, token, "8", comment)).Status);
        Assert.Equal(comment, Assert.Single(site.Stores.Responses).Comment);
    }

    [Fact]
    public async Task A_comment_that_is_a_little_too_long_comes_back_whole()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        var comment = new string('x', 4_001);

        var page = await AnswerAsync(site, token, "8", comment);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("Your comment has 4001 characters and 4000 fit. Please shorten it.", page.Document.QuerySelector(".errors a")!.TextContent);
        Assert.Equal(("8", comment), (page.Chosen, page.Document.QuerySelector("textarea")!.TextContent));
    }

    [Fact]
    public async Task A_comment_of_five_megabytes_is_refused_kindly_and_the_score_kept()
    {
        var (site, token) = await A.AskedSiteAsync("zh-CN");
        await using var _ = site;

        var page = await AnswerAsync(site, token, "2", new string('x', 5 * 1024 * 1024));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Equal("zh", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("4000", page.Document.QuerySelector(".errors a")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2", page.Chosen);
        Assert.Empty(site.Stores.Responses);

        site.Machine.Advance(ReadingTime);
        var shorter = await site.PostAsync($"/s/{token}", ("form", page.Field("form")!), ("lang", page.Field("lang")!), ("score", page.Chosen!), ("comment", "短"));
        Assert.Equal(HttpStatusCode.SeeOther, shorter.Status);
    }

    [Fact]
    public async Task Trap_14_a_post_without_the_page_asks_for_one_more_press_and_keeps_the_answer()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var page = await site.PostAsync($"/s/{token}", ("score", "10"), ("comment", "scanned"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("10", page.Chosen);
        Assert.NotNull(page.Document.QuerySelector("[role=status]"));
        Assert.Empty(site.Stores.Responses);

        site.Machine.Advance(ReadingTime);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync($"/s/{token}", ("form", page.Field("form")!), ("score", "10"))).Status);
    }

    [Fact]
    public async Task Trap_14_a_form_posted_in_no_time_is_asked_again_however_often_and_a_person_only_once()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        var form = (await site.GetAsync($"/s/{token}?score=9")).Field("form")!;

        for (var press = 0; press < 3; press++)
        {
            var asked = await site.PostAsync($"/s/{token}", ("form", form), ("score", "9"));
            Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
            form = asked.Field("form")!;
            site.Machine.Advance(TimeSpan.FromMilliseconds(400));
        }

        Assert.Empty(site.Stores.Responses);
        site.Machine.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync($"/s/{token}", ("form", form), ("score", "9"))).Status);
    }

    [Fact]
    public async Task A_stamp_of_another_invitation_counts_for_nothing()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        var other = A.Invitation(A.Id(1), site.Customers.GetUtcNow(), number: 101);
        site.Stores.Add(other);
        var stamp = (await site.GetAsync(new Uri(site.Links.Survey(other.Id)).AbsolutePath)).Field("form")!;
        site.Machine.Advance(ReadingTime);

        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync($"/s/{token}", ("form", stamp), ("score", "9"))).Status);
    }

    [Fact]
    public async Task Nothing_that_a_customer_sends_stands_in_the_log()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        await AnswerAsync(site, token, "7", "a private comment");
        await site.GetAsync($"/s/{token}?score=7");
        await site.Client.PostAsync($"/s/{token}", new StringContent("score=%ZZ", Encoding.UTF8, "text/plain"));

        var log = string.Join('\n', site.Log.Lines);
        Assert.Contains("/s/{token}", log, StringComparison.Ordinal);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
        Assert.DoesNotContain("private", log, StringComparison.Ordinal);
        Assert.DoesNotContain("score=", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_failure_says_sorry_without_our_insides()
    {
        var (site, token) = await A.AskedSiteAsync("fa-IR");
        await using var _ = site;
        site.Stores.BeforeRecord = () => throw new InvalidOperationException("secret insides");

        var page = await AnswerAsync(site, token, "7", "");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.DoesNotContain("insides", page.Html, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.Contains("secret insides", StringComparison.Ordinal));
    }

    private static async Task<PageSeen> AnswerAsync(TestSite site, string token, string score, string comment)
    {
        var form = await site.GetAsync($"/s/{token}");
        site.Machine.Advance(ReadingTime);
        return await site.PostAsync(
            $"/s/{token}", ("form", form.Field("form") ?? ""), ("lang", form.Field("lang") ?? ""), ("score", score), ("comment", comment));
    }
}
