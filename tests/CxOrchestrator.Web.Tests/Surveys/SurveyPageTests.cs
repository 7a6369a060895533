using System.Net;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Surveys;

public sealed class SurveyPageTests
{
    [Fact]
    public async Task A_page_shows_the_question_with_eleven_labelled_radio_buttons_and_a_comment()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var page = await site.GetAsync($"/s/{token}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("How did we do?", page.Heading);
        var radios = page.Document.QuerySelectorAll("input[type=radio][name=score]");
        Assert.Equal(Enumerable.Range(0, 11).Select(score => $"{score}"), radios.Select(radio => radio.GetAttribute("value")));
        Assert.All(radios, radio => Assert.Equal(radio.GetAttribute("value"), radio.Closest("label")!.TextContent.Trim()));
        Assert.Equal("How likely are you to recommend us?", page.Document.QuerySelector("fieldset > legend")!.TextContent);
        Assert.Equal("ends", page.Document.QuerySelector("fieldset")!.GetAttribute("aria-describedby"));
        Assert.Contains("0 = Not at all likely", page.Document.GetElementById("ends")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("4000", page.Document.QuerySelector("textarea#comment")!.GetAttribute("maxlength"));
        Assert.NotNull(page.Document.QuerySelector("label[for=comment]"));
        Assert.Null(page.Chosen);
    }

    [Fact]
    public async Task Trap_14_opening_a_page_records_nothing_whatever_its_query_says()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        site.Stores.ForbidWrites = true;

        foreach (var query in new[] { "", "?score=9", "?score=9&comment=x&lang=fa", "?thanks=1", "?score=99", "?score=x" })
        {
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync($"/s/{token}{query}")).Status);
            using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/s/{token}{query}"));
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }

        Assert.Empty(site.Stores.Responses);
    }

    [Fact]
    public async Task Trap_14_a_score_in_the_link_is_preselected_only()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        Assert.Equal("9", (await site.GetAsync($"/s/{token}?score=9")).Chosen);
        Assert.Null((await site.GetAsync($"/s/{token}?score=11")).Chosen);
    }

    [Theory]
    [InlineData("en-GB", "en", "ltr", "10")]
    [InlineData("th-TH", "th", "ltr", "10")]
    [InlineData("fa-IR", "fa", "rtl", "۱۰")]
    [InlineData("zh-CN", "zh", "ltr", "10")]
    [InlineData("pt-BR", "pt-BR", "ltr", "10")]
    [InlineData("pt-PT", "pt-BR", "ltr", "10")]
    [InlineData("de-DE", "en", "ltr", "10")]
    public async Task A_page_speaks_the_customers_language_in_its_direction_and_digits(string locale, string language, string direction, string ten)
    {
        var (site, token) = await A.AskedSiteAsync(locale);
        await using var _ = site;

        var page = await site.GetAsync($"/s/{token}");

        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(direction, page.Document.DocumentElement.GetAttribute("dir"));
        Assert.Equal(language, page.Header("Content-Language"));
        Assert.Equal(ten, page.Document.QuerySelector("label:has(#score-10)")!.TextContent.Trim());
        Assert.Equal("10", page.Document.QuerySelector("#score-10")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_language_can_be_changed_by_links_that_keep_the_chosen_score()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var english = await site.GetAsync($"/s/{token}?score=4");
        var links = english.Document.QuerySelectorAll("nav a").ToDictionary(link => link.GetAttribute("lang")!, link => link.GetAttribute("href")!);
        Assert.Equal(["fa", "pt-BR", "th", "zh"], links.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("rtl", english.Document.QuerySelector("nav a[lang=fa]")!.GetAttribute("dir"));

        var persian = await site.GetAsync($"/s/{token}{links["fa"]}");
        Assert.Equal("کار ما چطور بود؟", persian.Heading);
        Assert.Equal("4", persian.Chosen);
    }

    [Fact]
    public async Task A_page_has_no_script_nothing_foreign_and_a_strict_policy()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var page = await site.GetAsync($"/s/{token}");

        var nonce = page.Document.QuerySelector("style")!.GetAttribute("nonce")!;
        Assert.Equal(
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            page.Header("Content-Security-Policy"));
        Assert.NotEqual(nonce, (await site.GetAsync($"/s/{token}")).Document.QuerySelector("style")!.GetAttribute("nonce"));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.StartsWith("noindex", page.Header("X-Robots-Tag"), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Empty(page.Document.QuerySelectorAll("script, link, img, iframe, [style], [onclick], [onload]"));
        Assert.DoesNotContain("http", page.Html, StringComparison.Ordinal);
        Assert.Empty(page.Header("Set-Cookie"));
    }

    [Fact]
    public async Task What_people_write_never_becomes_part_of_the_page()
    {
        const string hostile = "</textarea><script>alert(1)</script>\"'&<b>";
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;

        var page = await site.PostAsync($"/s/{token}", ("comment", hostile), ("lang", "\"><script>"), ("form", "\"><script>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("script, b"));
        Assert.Equal(hostile, page.Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_forged_link_is_not_found_in_the_browsers_language()
    {
        var (site, token) = await A.AskedSiteAsync();
        await using var _ = site;
        var forged = (token[0] == 'A' ? 'B' : 'A') + token[1..];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/s/{forged}");
        request.Headers.AcceptLanguage.ParseAdd("de, fa;q=0.8, en;q=0.5");

        var page = await PageSeen.OfAsync(await site.Client.SendAsync(request));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("این پیوند را نمی‌شناسیم", page.Heading);
        Assert.Equal("rtl", page.Document.DocumentElement.GetAttribute("dir"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync($"/s/{forged}", ("score", "9"))).Status);
    }

    [Fact]
    public async Task A_signed_link_to_nothing_is_not_found_either()
    {
        var (site, _) = await A.AskedSiteAsync();
        await using var __ = site;

        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(new Uri(site.Links.Survey(A.Id(999))).AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync($"/s/{new string('A', 5_000)}")).Status);
    }

    [Fact]
    public async Task An_expired_link_is_gone_for_reading_and_answering()
    {
        var (site, token) = await A.AskedSiteAsync("th-TH");
        await using var _ = site;
        site.Customers.Advance(TimeSpan.FromDays(14));

        var page = await site.GetAsync($"/s/{token}");
        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Equal("แบบสำรวจนี้ปิดแล้ว", page.Heading);
        Assert.Equal(HttpStatusCode.Gone, (await site.PostAsync($"/s/{token}", ("score", "9"))).Status);
        Assert.Empty(site.Stores.Responses);
    }
}
