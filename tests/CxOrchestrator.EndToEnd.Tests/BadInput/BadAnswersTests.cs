using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CxOrchestrator.EndToEnd.Tests.Answers;
using CxOrchestrator.EndToEnd.Tests.Invitations;

namespace CxOrchestrator.EndToEnd.Tests.BadInput;

/// <summary>Links that are forged, expired or used, and comments that are far too long: real pages in the customer's language, with the right status.</summary>
public sealed class BadAnswersTests
{
    private const int FiveMegabytes = 5 * 1024 * 1024;

    private static readonly Someone Sara = new("sara", "سارا احمدی", "fa-IR", "Asia/Tehran");
    private static readonly Someone Wang = new("wangwei", "王伟", "zh-CN", "Asia/Shanghai");

    [Fact]
    public async Task Links_that_lead_nowhere_anymore_say_so_kindly_in_the_customers_language()
    {
        await using var invited = await InvitedShop.OpenAsync(Sara, Wang);
        var (used, unused) = (await invited.SurveyLinkAsync(Sara), await invited.SurveyLinkAsync(Wang));
        await CheckForgeriesAsync(invited, used);
        await new AnsweringCustomer(invited.Shop.Http).AnswerAsync(used, 8, "خوب بود");

        // Two hours on, the answer may no longer be changed.
        await invited.MoveOnAsync(TimeSpan.FromHours(2));
        await CheckAsync(invited, used, HttpStatusCode.Conflict, "fa", "rtl", "شما پیش از این پاسخ داده‌اید");
        await CheckPostAsync(invited, used, HttpStatusCode.Conflict, "شما پیش از این پاسخ داده‌اید");
        Assert.Equal(8, (await invited.EntryAsync(Sara, "response")).GetProperty("score").GetInt32());

        // And a month on, nobody answers anymore.
        await invited.MoveOnAsync(TimeSpan.FromDays(31));
        await CheckAsync(invited, unused, HttpStatusCode.Gone, "zh", "ltr", "本次调查已结束");
        await CheckPostAsync(invited, unused, HttpStatusCode.Gone, "本次调查已结束");
        await CheckAsync(invited, used, HttpStatusCode.Conflict, "fa", "rtl", "شما پیش از این پاسخ داده‌اید");
        Assert.DoesNotContain(await invited.TimelineAsync(Wang), entry => entry.GetProperty("kind").GetString() == "response");
    }

    [Fact]
    public async Task A_comment_of_five_megabytes_is_refused_the_number_is_kept_and_a_shorter_one_taken()
    {
        await using var invited = await InvitedShop.OpenAsync(Sara);
        var link = await invited.SurveyLinkAsync(Sara);
        var fields = await FieldsAsync(invited, link);
        fields["score"] = "7";
        fields["comment"] = new string('x', FiveMegabytes);

        using var form = Form(fields);
        using var answer = await invited.Shop.Http.PostAsync(link, form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        using var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
        Assert.Contains("لطفاً حداکثر ۴۰۰۰ نویسه بنویسید", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.True(Assert.IsAssignableFrom<IHtmlInputElement>(page.QuerySelector("#score-7")).IsChecked);
        Assert.DoesNotContain(await invited.TimelineAsync(Sara), entry => entry.GetProperty("kind").GetString() == "response");

        await new AnsweringCustomer(invited.Shop.Http).AnswerAsync(link, 7, "کوتاه");
        Assert.Equal("کوتاه", (await invited.EntryAsync(Sara, "response")).GetProperty("detail").GetString());
    }

    // A letter changed anywhere, a token of another kind, a token cut off: nobody is known by it, so the browser's language counts.
    private static async Task CheckForgeriesAsync(InvitedShop invited, Uri link)
    {
        var token = link.Segments[^1];
        var other = (await invited.UnsubscribeLinkAsync(Sara)).Segments[^1];
        foreach (var forged in (string[])[Changed(token, 3), Changed(token, token.Length - 3), token[..^2], other, "x"])
        {
            await CheckAsync(invited, new Uri(link, forged), HttpStatusCode.NotFound, "th", "ltr", "เราไม่รู้จักลิงก์นี้");
            await CheckPostAsync(invited, new Uri(link, forged), HttpStatusCode.NotFound, "We don't know this link");
        }

        Assert.DoesNotContain(await invited.TimelineAsync(Sara), entry => entry.GetProperty("kind").GetString() == "response");
    }

    private static string Changed(string token, int at) => token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];

    private static async Task CheckAsync(InvitedShop invited, Uri link, HttpStatusCode status, string language, string direction, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.AcceptLanguage.ParseAdd("th-TH,th;q=0.9,en;q=0.5");
        using var answer = await invited.Shop.Http.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        using var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(words, page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("form"));
    }

    private static async Task CheckPostAsync(InvitedShop invited, Uri link, HttpStatusCode status, string words)
    {
        using var form = Form(new Dictionary<string, string> { ["score"] = "10", ["comment"] = "forged", ["form"] = "x" });
        using var answer = await invited.Shop.Http.PostAsync(link, form);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(InvitedShop invited, Uri link)
    {
        using var page = await new HtmlParser().ParseDocumentAsync(await invited.Shop.Http.GetStringAsync(link));
        return page.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
    }

    private static FormUrlEncodedContent Form(Dictionary<string, string> fields) =>
        // The order of a browser: as the fields stand on the page.
        new(fields.OrderBy(pair => pair.Key == "comment" ? 1 : 0));
}
