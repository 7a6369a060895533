using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.EndToEnd.Tests.Running;

#pragma warning disable CA5350 // HMAC-SHA1 is what Zammad and Twilio sign with.

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>Services and strangers that call the hooks, with right and wrong signatures and secrets in what they say; and somebody who looks at every page.</summary>
internal sealed class Callers(Shop shop, EveryConnection all, List<(string Place, string Text)> answers)
{
    private const int MostPages = 150;

    /// <summary>Calls each hook rightly and wrongly.</summary>
    public async Task CallHooksAsync()
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        foreach (var right in new[] { true, false })
        {
            await VonageAsync(right);
            var challenge = $$"""{ "challenge": "{{Json("slack", "Secret")}}", "event": { "type": "other" } }""";
            await CallAsync("slack", challenge, right, ("X-Slack-Request-Timestamp", time), ("X-Slack-Signature", "v0=" + Hmac("slack", "WebhookSecret", $"v0:{time}:{challenge}", right)));
            var ticket = $$"""{ "ticket_id": "{{Json("zendesk", "ApiToken")}}", "status": "{{Json("zendesk", "WebhookSecret")}}", "updated_at": "2026-03-02T12:00:00Z" }""";
            var signature = HMACSHA256.HashData(Key("zendesk", "WebhookSecret", right), Encoding.UTF8.GetBytes(time + ticket));
            await CallAsync(
                "zendesk", ticket, right, ("X-Zendesk-Webhook-Signature-Timestamp", time), ("X-Zendesk-Webhook-Signature", Convert.ToBase64String(signature)));
            var closed = $$"""{ "ticket": { "id": 7, "title": "{{Json("zammad", "AccessToken")}}", "state": "{{Json("zammad", "WebhookToken")}}", "updated_at": "2026-03-02T12:00:00Z" } }""";
            await CallAsync(
                "zammad", closed, right,
                ("X-Hub-Signature", "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Key("zammad", "WebhookToken", right), Encoding.UTF8.GetBytes(closed)))), ("X-Zammad-Delivery", "d1"));
            await TwilioAsync(right);
        }
    }

    /// <summary>Looks at every page that can be come by from the first one, and at what programs look at.</summary>
    public async Task LookAroundAsync()
    {
        var seen = new HashSet<Uri>();
        var ahead = new Queue<Uri>(new[] { "/", "/health", "/customers", "/cases", "/outbox", "/api/events", "/nowhere" }.Select(path => new Uri(shop.Url, path)));
        while (ahead.TryDequeue(out var page) && seen.Count < MostPages)
        {
            if (!seen.Add(page))
                continue;
            var (text, type) = await GetAsync(page);
            if (type != "text/html")
                continue;
            using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text);
            foreach (var link in document.QuerySelectorAll("a[href]"))
            {
                if (Uri.TryCreate(page, link.GetAttribute("href"), out var next) && next.Authority == shop.Url.Authority)
                    ahead.Enqueue(next);
            }

            if (page.AbsolutePath.StartsWith("/customers/", StringComparison.Ordinal))
                ahead.Enqueue(new Uri(shop.Url, $"/api{page.AbsolutePath}/timeline"));
        }
    }

    private async Task<(string Text, string? Type)> GetAsync(Uri page)
    {
        using var answer = await shop.Http.GetAsync(page);
        var text = await answer.Content.ReadAsStringAsync();
        answers.Add(($"the answer of {page.AbsolutePath}", $"{answer.ReasonPhrase}\n{answer.Headers}\n{answer.Content.Headers}\n{text}"));
        return (text, answer.Content.Headers.ContentType?.MediaType);
    }

    private Task VonageAsync(bool right)
    {
        var token = all.Secret("vonage", "WebhookSecret").Value;
        var body = $$"""{ "messageId": "m1", "msisdn": "4915112345600", "text": "your key is {{Json("vonage", "Secret")}}" }""";
        return CallAsync($"vonage?token={Uri.EscapeDataString(right ? token : token[..^1])}", body, right);
    }

    private Task TwilioAsync(bool right)
    {
        var token = all.Secret("texts", "AuthToken").Value;
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["AccountSid"] = "AC" + new string('a', 32), ["Body"] = $"hello {token}", ["From"] = "+4915112345600", ["To"] = "+14155550100",
            ["MessageSid"] = "SM" + new string('c', 32), ["SmsStatus"] = "received", ["ErrorMessage"] = all.Secret("texts", "KeySecret").Value,
        };
        var signed = new Uri(shop.Url, "/hooks/texts").AbsoluteUri + string.Concat(fields.Select(field => field.Key + field.Value));
        return SendAsync(
            "texts", new FormUrlEncodedContent(fields), right,
            ("X-Twilio-Signature", Convert.ToBase64String(HMACSHA1.HashData(Key("texts", "AuthToken", right), Encoding.UTF8.GetBytes(signed)))));
    }

    private Task CallAsync(string hook, string body, bool right, params (string Name, string Value)[] headers) =>
        SendAsync(hook, new StringContent(body, Encoding.UTF8, "application/json"), right, headers);

    private async Task SendAsync(string hook, HttpContent body, bool right, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Url, $"/hooks/{hook}")) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("X-Api-Key", all.Vault.All[0].Value);
        using var answer = await shop.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answers.Add(($"the answer of the hook {hook[..4]}", $"{answer.Headers}\n{text}"));
        Assert.True(right == answer.IsSuccessStatusCode, $"{hook[..4]}, signed {(right ? "rightly" : "wrongly")}: {answer.StatusCode}");
    }

    private string Hmac(string connection, string name, string signed, bool right) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Key(connection, name, right), Encoding.UTF8.GetBytes(signed)));

    private byte[] Key(string connection, string name, bool right) =>
        Encoding.UTF8.GetBytes(right ? all.Secret(connection, name).Value : all.Secret(connection, name).Value[..^1]);

    private string Json(string connection, string name) => System.Text.Json.JsonEncodedText.Encode(all.Secret(connection, name).Value).ToString();
}
