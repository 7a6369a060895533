using System.Net;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Outbox;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Outbox;

public sealed class OutboxTests
{
    [Fact]
    public async Task The_outbox_lists_what_was_kept_page_by_page()
    {
        await using var site = await SiteAsync();

        var first = await site.GetAsync("/outbox");
        Assert.Equal(["ชื่อ <b>", "Text 2"], first.Document.QuerySelectorAll(".list a.main").Select(link => link.TextContent));
        var second = await site.GetAsync(first.Document.QuerySelector("a.more")!.GetAttribute("href")!);
        Assert.Equal(["Plain"], second.Document.QuerySelectorAll(".list a.main").Select(link => link.TextContent));
        Assert.Null(second.Document.QuerySelector("a.more"));
    }

    [Fact]
    public async Task An_email_is_shown_with_its_headers_its_text_and_its_html_in_a_frame()
    {
        await using var site = await SiteAsync();

        var page = await site.GetAsync("/outbox/sandbox/k1");

        var frame = page.Document.QuerySelector("iframe")!;
        Assert.Equal(("allow-popups allow-popups-to-escape-sandbox", "/outbox/sandbox/k1/html"), (frame.GetAttribute("sandbox"), frame.GetAttribute("src")));
        Assert.Contains("frame-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("Anna <anna@example.com>", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post", page.Document.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("http://localhost/s/abc?score=9", page.Document.QuerySelector("pre a")!.GetAttribute("href"));
        Assert.Empty(page.Document.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task The_html_of_an_email_can_do_nothing_but_open_links()
    {
        await using var site = await SiteAsync();

        var page = await site.GetAsync("/outbox/sandbox/k1/html");

        var policy = page.Header("Content-Security-Policy");
        Assert.StartsWith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("_blank", page.Document.QuerySelector("head > base")!.GetAttribute("target"));
    }

    [Theory]
    [InlineData("<!doctype html><html><head lang=x><title>t</title></head>", "<!doctype html><html><head lang=x><base target=\"_blank\"><title>t</title></head>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"th\"><body>x", "<!DOCTYPE html>\n<html lang=\"th\"><base target=\"_blank\"><body>x")]
    [InlineData("<header>x</header>", "<base target=\"_blank\"><header>x</header>")]
    [InlineData("", "<base target=\"_blank\">")]
    public void Links_open_outside_without_changing_the_layout(string html, string expected) => Assert.Equal(expected, EmailPreview.WithLinksOutside(html));

    [Theory]
    [InlineData("See https://a.example/s/x?score=1.", "https://a.example/s/x?score=1")]
    [InlineData("(http://localhost:8025/s/x)", "http://localhost:8025/s/x")]
    [InlineData("javascript:alert(1) \"https://a.example/<b>\"", "https://a.example/")]
    public void Addresses_in_text_can_be_pressed_and_nothing_else(string text, string address)
    {
        var html = LinkedText.Of(text).ToString();

        Assert.Contains($"<a href=\"{address}\" target=\"_blank\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("<a ").Length - 1);
    }

    [Fact]
    public async Task A_text_message_looks_as_on_a_phone()
    {
        await using var site = await SiteAsync();

        Assert.Equal("Text 2", (await site.GetAsync("/outbox/sandbox/k2")).Document.QuerySelector(".phone .bubble")!.TextContent);
    }

    [Theory]
    [InlineData("/outbox/sandbox/nothing")]
    [InlineData("/outbox/mail/k1")]
    [InlineData("/outbox/nobody/k1/html")]
    [InlineData("/outbox/sandbox/k3/html")]
    public async Task What_is_not_there_is_a_kind_page(string path)
    {
        await using var site = await SiteAsync();

        Assert.Equal((HttpStatusCode.NotFound, "No such message"), ((await site.GetAsync(path)).Status, (await site.GetAsync(path)).Heading));
    }

    [Fact]
    public async Task A_connection_that_can_not_be_read_says_why()
    {
        await using var site = await SiteAsync();
        site.Connections.IsDown = true;

        Assert.Contains("the breaker is open", (await site.GetAsync("/outbox")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.GetAsync("/outbox/sandbox/k1")).Status);
    }

    private static async Task<TestSite> SiteAsync()
    {
        var site = await TestSite.StartAsync();
        var at = site.Machine.GetUtcNow();
        site.Connections.Items.AddRange(
        [
            new OutboxItem("k1", at, new EmailMessage
            {
                Key = "k1", To = new EmailAddress("anna@example.com", "Anna"), Subject = "ชื่อ <b>", Text = "Answer: http://localhost/s/abc?score=9\n<script>",
                Html = "<!doctype html><html><head></head><body><script>alert(1)</script><a href=\"http://localhost/s/abc\">9</a></body></html>",
                Headers = new Dictionary<string, string> { ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" },
            }, null),
            new OutboxItem("k2", at, null, new SmsMessage("k2", "+66812345678", "Text 2")),
            new OutboxItem("k3", at, new EmailMessage { Key = "k3", To = new EmailAddress("b@example.com"), Subject = "Plain", Text = "only text" }, null),
        ]);
        return site;
    }
}
