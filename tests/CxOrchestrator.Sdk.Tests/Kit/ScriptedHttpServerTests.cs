using System.Net;
using System.Net.Sockets;
using System.Text;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.Sdk.Tests.Kit;

public sealed class ScriptedHttpServerTests
{
    [Fact]
    public async Task A_request_is_recorded_whole_and_answered_by_the_script()
    {
        await using var server = await ScriptedHttpServer.StartAsync(request =>
            ScriptedReply.Json(new { request.Method, Said = request.Text() }, 201).With("X-Twice", "one").With("X-Twice", "two"));
        using var client = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Put, new Uri(server.Url, "people/%C3%A4?name=a+b&name=%26"))
        {
            Content = new StringContent("hello, สมชาย", Encoding.UTF8),
            Headers = { { "X-Odd", "value" } },
        };

        using var answer = await client.SendAsync(message);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(["one", "two"], answer.Headers.GetValues("X-Twice"));
        Assert.Equal("""{"method":"PUT","said":"hello, \u0E2A\u0E21\u0E0A\u0E32\u0E22"}""", await answer.Content.ReadAsStringAsync());
        var request = Assert.Single(server.Requests);
        Assert.Equal((1, "PUT", "/people/%C3%A4?name=a+b&name=%26", "/people/%C3%A4"), (request.Number, request.Method, request.Target, request.Path));
        Assert.Equal(["a b", "&"], request.Query.Select(pair => pair.Value));
        Assert.Equal(("value", "text/plain; charset=utf-8", null), (request.Header("x-odd"), request.Header("Content-Type"), request.Header("Cookie")));
        Assert.Equal("hello, สมชาย", request.Text());
    }

    [Fact]
    public async Task A_form_is_read_in_its_order_with_repeated_names()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty());
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new("To", "+66 8"), new("Media", "a"), new("Media", "b&c")]);
        using var answer = await client.PostAsync(server.Url, form);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([new("To", "+66 8"), new("Media", "a"), new("Media", "b&c")], server.Requests[0].Form());
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_its_body_is_recorded_and_the_script_is_not_asked()
    {
        var asked = 0;
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text($"{++asked}"));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Url.Port);
            await client.GetStream().WriteAsync("POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"half\":"u8.ToArray());
        }

        await server.ReachedAsync(1);

        Assert.Equal("/orders", Assert.Single(server.Requests).Path);
        using var next = new HttpClient();
        Assert.Equal("1", await next.GetStringAsync(server.Url));
    }

    [Fact]
    public async Task A_status_stands_for_as_many_requests_as_it_was_set_for_and_keeps_the_script_out()
    {
        var asked = 0;
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text($"{++asked}"));
        using var client = new HttpClient();
        server.Fault = HttpFault.Status(429, TimeSpan.FromSeconds(7), """{"error":"slow"}""").For(2).Where(request => request.Path == "/slow");

        Assert.Equal("1", await client.GetStringAsync(server.Url));
        for (var i = 0; i < 2; i++)
        {
            using var slow = await client.GetAsync(new Uri(server.Url, "slow"));
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (slow.StatusCode, slow.Headers.RetryAfter?.Delta));
            Assert.Equal("""{"error":"slow"}""", await slow.Content.ReadAsStringAsync());
        }

        Assert.Null(server.Fault);
        Assert.Equal("2", await client.GetStringAsync(new Uri(server.Url, "slow")));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_cut_before_the_body_keeps_the_script_out()
    {
        var (server, scripted, failure) = await PostUnderAsync(HttpFault.CutBeforeBody);
        await using var _ = server;

        Assert.Equal(0, scripted);
        Assert.NotNull(failure);
        Assert.True(Assert.Single(server.Requests).Body.IsEmpty);
    }

    public static TheoryData<string> CutsAfterTheScript => ["CutAfterBody", "CutInAnswer", "Garbage"];

    [Theory]
    [MemberData(nameof(CutsAfterTheScript))]
    public async Task A_cut_after_the_body_comes_when_the_script_has_done_its_work(string name)
    {
        var fault = (HttpFault)typeof(HttpFault).GetProperty(name)!.GetValue(null)!;
        var (server, scripted, failure) = await PostUnderAsync(fault);
        await using var _ = server;

        Assert.Equal(1, scripted);
        Assert.NotNull(failure);
        Assert.Equal("content", Assert.Single(server.Requests).Text());
        server.Fault = null;
        using var client = new HttpClient();
        Assert.Equal("done", await client.GetStringAsync(server.Url));
    }

    [Fact]
    public async Task Half_an_answer_has_its_status_and_headers()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("0123456789", 202).With("X-Id", "7"));
        server.Fault = HttpFault.CutInAnswer;
        using var client = new HttpClient();
        using var answer = await client.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead);
        using var stream = await answer.Content.ReadAsStreamAsync();

        Assert.Equal((HttpStatusCode.Accepted, "7"), (answer.StatusCode, answer.Headers.GetValues("X-Id").Single()));
        var half = new byte[5];
        await stream.ReadExactlyAsync(half);
        Assert.Equal("01234"u8.ToArray(), half);
        await Assert.ThrowsAnyAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[1]));
    }

    [Fact]
    public async Task A_hang_lasts_until_the_client_gives_up_and_the_request_is_known_meanwhile()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty());
        server.Fault = HttpFault.Hang;
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource();
        var call = client.GetAsync(server.Url, patience.Token);
        await server.ReachedAsync(1);

        Assert.False(call.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_page_of_HTML_comes_instead_of_the_answer()
    {
        var (server, scripted, failure) = await PostUnderAsync(HttpFault.HtmlPage);
        await using var _ = server;

        Assert.Equal((1, null), (scripted, failure));
    }

    [Fact]
    public async Task A_server_with_a_certificate_speaks_TLS()
    {
        using var certificate = TestCertificate.Make();
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("hello"), certificate);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler);

        Assert.Equal("https", server.Url.Scheme);
        Assert.Equal("hello", await client.GetStringAsync(server.Url));
    }

    [Fact]
    public async Task A_script_that_fails_is_told_at_the_end()
    {
        var server = await ScriptedHttpServer.StartAsync(_ => throw new NotSupportedException("unexpected path"));
        using var client = new HttpClient();
        using var answer = await client.GetAsync(server.Url);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => server.DisposeAsync().AsTask());
        Assert.Equal("unexpected path", told.InnerException?.Message);
    }

    private static async Task<(ScriptedHttpServer Server, int Scripted, Exception? Failure)> PostUnderAsync(HttpFault fault)
    {
        var scripted = 0;
        var server = await ScriptedHttpServer.StartAsync(_ =>
        {
            scripted++;
            return ScriptedReply.Text("done");
        });
        server.Fault = fault;
        using var client = new HttpClient();
        using var content = new StringContent("content");
        var failure = await Record.ExceptionAsync(() => client.PostAsync(server.Url, content));
        return (server, scripted, failure);
    }
}
