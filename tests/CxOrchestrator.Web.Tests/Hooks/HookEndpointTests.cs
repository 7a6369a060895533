using System.Net;
using System.Net.Sockets;
using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Tests.Fakes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Tests.Hooks;

public sealed class HookEndpointTests
{
    private const string Secret = "body-that-nobody-logs";

    private static readonly ConnectorEvent Fact = new("1", ServiceFacts.MessageDelivered, "", DateTimeOffset.UnixEpoch, default) { DeliveryKey = "k" };

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_verified_call_is_stored_and_answered_as_the_connector_says(string method)
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => new WebhookResult(true, [Fact], 202, "<ok/>") { ReplyType = "text/xml" };

        var reply = await SendAsync(site, method, "/hooks/texts", method == "GET" ? null : Secret);

        Assert.Equal((HttpStatusCode.Accepted, "<ok/>", "text/xml"), (reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Content.Headers.ContentType!.ToString()));
        Assert.Same(Fact, Assert.Single(site.Told.Stored).Value);
        Assert.Equal(("texts", method), (site.Told.Stored.Keys.First().Connection, Assert.Single(site.Connections.Hooks).Method));
    }

    [Fact]
    public async Task The_connector_sees_the_public_address_the_bytes_and_all_headers_as_they_came()
    {
        // Over a socket: what a client library makes of an address is not what a service sends.
        await using var site = await TestSite.StartAsync(
            configure: services => services.AddSingleton(new Core.Settings.CoreSettings
            {
                DataFolder = "/tmp", ContentFolder = "/tmp", PublicUrl = new Uri("https://cx.example.com:8443/base/"),
            }),
            host: web => web.UseKestrelCore().UseUrls("http://127.0.0.1:0"));
        byte[] body = [0, 255, 13, 10, 0xC3, 0x28];

        var reply = await RawAsync(
            site.Client.BaseAddress!, "POST /hooks/texts?b=%7e+x&a=%C3%9c&b=2&empty= HTTP/1.1\r\nHost: inner:81\r\nX-Sign: one\r\nx-sign: two\r\n"
            + $"X-Forwarded-Host: evil.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", body);

        Assert.StartsWith("HTTP/1.1 204", reply, StringComparison.Ordinal);
        var seen = Assert.Single(site.Connections.Hooks);
        Assert.Equal("https://cx.example.com:8443/base/hooks/texts?b=%7e+x&a=%C3%9c&b=2&empty=", seen.Url.OriginalString);
        Assert.Equal(body, seen.Body.ToArray());
        Assert.Equal(["one", "two"], seen.Headers.Where(header => header.Key.Equals("X-Sign", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value));
    }

    [Fact]
    public async Task The_reply_waits_for_the_commit()
    {
        await using var site = await TestSite.StartAsync();
        var commit = new TaskCompletionSource();
        site.Told.Commit = commit.Task;
        site.Connections.OnHook = _ => WebhookResult.Taken(Fact);

        var reply = SendAsync(site, "POST", "/hooks/texts", "x");
        Assert.NotSame(reply, await Task.WhenAny(reply, Task.Delay(TimeSpan.FromMilliseconds(200))));
        commit.SetResult();

        Assert.Equal(HttpStatusCode.NoContent, (await reply).StatusCode);
    }

    [Fact]
    public async Task What_can_not_be_stored_is_asked_for_again()
    {
        await using var site = await TestSite.StartAsync();
        site.Told.Commit = Task.FromException(new IOException("disk full at /secret/path"));
        site.Connections.OnHook = _ => WebhookResult.Taken(Fact);

        var reply = await SendAsync(site, "POST", "/hooks/texts", "x");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30", ""), (reply.StatusCode, reply.Headers.RetryAfter!.ToString(), await reply.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_call_that_is_not_verified_is_refused_without_a_word_and_nothing_is_stored_or_logged_of_it()
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => new WebhookResult(false, [Fact], 200, "why it did not hold");

        var reply = await SendAsync(site, "POST", "/hooks/texts?token=query-secret", Secret);

        Assert.Equal((HttpStatusCode.Unauthorized, ""), (reply.StatusCode, await reply.Content.ReadAsStringAsync()));
        Assert.Empty(site.Told.Stored);
        Assert.Contains(site.Log.Lines, line => line.Contains("could not be verified", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains("query-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_with_too_many_bad_signatures_is_told_to_wait_and_fills_no_log()
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => WebhookResult.Refused;
        for (var call = 0; call < 20; call++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(site, "POST", "/hooks/texts", "x")).StatusCode);
        var lines = site.Log.Lines.Count(line => line.Contains("could not be verified", StringComparison.Ordinal));

        var limited = await SendAsync(site, "POST", "/hooks/texts", "x");

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (limited.StatusCode, limited.Headers.RetryAfter!.ToString()));
        Assert.Equal(lines, site.Log.Lines.Count(line => line.Contains("could not be verified", StringComparison.Ordinal)));
        Assert.Null(site.Services.GetRequiredService<Web.Access.WrongKeys>().WaitFor(site.RemoteAddress));
        site.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(site, "POST", "/hooks/texts", "x")).StatusCode);
    }

    [Fact]
    public async Task Bad_signatures_of_strangers_behind_the_same_proxy_keep_no_call_of_the_service_out()
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => WebhookResult.Refused;
        for (var call = 0; call < 30; call++)
            await SendAsync(site, "POST", "/hooks/texts", "x");
        site.Connections.OnHook = _ => WebhookResult.Taken(Fact);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(site, "POST", "/hooks/texts", "x")).StatusCode);
        Assert.Single(site.Told.Stored);
    }

    [Theory]
    [InlineData("/hooks/nowhere")]
    [InlineData("/hooks/mail")]
    [InlineData("/hooks/texts/more")]
    [InlineData("/hooks/TEXTS")]
    public async Task Where_nobody_takes_calls_there_is_nothing(string path)
    {
        await using var site = await TestSite.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(site, "GET", path, null)).StatusCode);
        Assert.Empty(site.Connections.Hooks);
    }

    [Fact]
    public async Task Other_methods_are_not_taken()
    {
        await using var site = await TestSite.StartAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(site, "DELETE", "/hooks/texts", null)).StatusCode);
    }

    [Theory]
    [InlineData(true, "10")]
    [InlineData(false, "30")]
    public async Task A_connector_that_is_out_of_order_makes_the_service_call_again(bool down, string wait)
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.IsDown = down;
        site.Connections.OnHook = _ => throw new FormatException(Secret);

        var reply = await SendAsync(site, "POST", "/hooks/texts", Secret);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, wait), (reply.StatusCode, reply.Headers.RetryAfter!.ToString()));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_above_the_limit_is_not_read_to_its_end_and_no_connector_sees_it()
    {
        await using var site = await TestSite.StartAsync(new Dictionary<string, string?> { ["Web:MaxHookBytes"] = "1024" });

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(site, "POST", "/hooks/texts", new string('x', 1024))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(site, "POST", "/hooks/texts", new string('x', 1025))).StatusCode);
        Assert.Single(site.Connections.Hooks);
    }

    [Fact]
    public async Task A_fact_that_can_not_be_taken_is_logged_and_the_others_are_stored()
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => WebhookResult.Taken(Fact with { Id = "2", Type = "" }, Fact);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(site, "POST", "/hooks/texts", "x")).StatusCode);

        Assert.Single(site.Told.Stored);
        Assert.Contains(site.Log.Lines, line => line.Contains("type is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(99, "text/plain; charset=utf-8", 204)]
    [InlineData(700, "text/plain; charset=utf-8", 204)]
    [InlineData(200, "no type\r\nSet-Cookie: a=b", 200)]
    public async Task A_reply_that_is_none_is_made_one(int status, string type, int answered)
    {
        await using var site = await TestSite.StartAsync();
        site.Connections.OnHook = _ => new WebhookResult(true, [], status, "token") { ReplyType = type };

        var reply = await SendAsync(site, "GET", "/hooks/texts?validationToken=token", null);

        Assert.Equal(answered, (int)reply.StatusCode);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
        if (answered == 200)
            Assert.Equal(("token", "text/plain; charset=utf-8"), (await reply.Content.ReadAsStringAsync(), reply.Content.Headers.ContentType!.ToString()));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestSite site, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body);
        return await site.Client.SendAsync(request);
    }

    private static async Task<string> RawAsync(Uri address, string head, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head).Concat(body).ToArray());
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
