using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.Sdk.Tests.Http;

/// <summary>What certainly has not left, and what nobody knows.</summary>
public sealed class OutageTests
{
    private const string Secret = "s3cret-token";

    [Fact]
    public async Task A_connection_that_is_refused_has_left_nothing()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await AssertNotLeftAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)bound.LocalEndPoint!).Port}/"));
    }

    [Fact]
    public Task A_name_that_does_not_exist_has_left_nothing() => AssertNotLeftAsync(new Uri("http://no-such-host.invalid/"));

    [Fact]
    public async Task A_certificate_that_is_not_trusted_has_left_nothing()
    {
        using var certificate = TestCertificate.Make();
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty(), certificate);

        await AssertNotLeftAsync(server.Url);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_has_left_nothing()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty());

        await AssertNotLeftAsync(new UriBuilder(server.Url) { Scheme = "https" }.Uri);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_to_open_has_left_nothing()
    {
        // TLS that nobody answers: the connection is not open before the handshake is through.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        await AssertNotLeftAsync(url, TimeSpan.FromMilliseconds(50));
    }

    public static TheoryData<string> Cuts => ["CutBeforeBody", "CutAfterBody", "CutInAnswer", "Garbage"];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_connection_that_breaks_once_the_request_was_on_its_way_may_have_left_it(string cut)
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("answer"));
        using var client = Client(server.Url);
        server.Fault = Named(cut);
        var silence = Assert.IsType<ServiceSilence>(await client.SendAsync(Post(), default));

        Assert.True(silence.MayHaveArrived);
        AssertSafe(server.Url, silence);
        Assert.IsType<SendUnknown>(silence.ToSend(_ => null));
        Assert.IsType<WriteRetry>(silence.ToWrite(_ => null));
        Assert.Throws<ServiceException>(() => silence.Reply());
        server.Fault = null;
        Assert.Equal("answer", (await client.SendAsync(Post(), default)).Reply().Text());
    }

    // The framework makes a request again by itself where a connection that was used before ends without an answer.
    [Theory]
    [InlineData("POST", true)]
    [InlineData("POST", false)]
    [InlineData("DELETE", false)]
    [InlineData("PATCH", true)]
    [InlineData("PUT", false)]
    public async Task A_request_that_may_change_something_is_made_once_also_on_a_connection_that_was_used_before(string method, bool content)
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("answer"));
        using var client = Client(server.Url);
        Assert.IsType<ServiceReply>(await client.SendAsync(Post(), default));
        server.Forget();
        server.Fault = HttpFault.CutAfterBody;

        var answer = await client.SendAsync(new ServiceRequest(new HttpMethod(method), "again") { Content = content ? new StringContent("x") : null }, default);

        Assert.True(Assert.IsType<ServiceSilence>(answer).MayHaveArrived);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_call_that_is_given_up_is_cancelled_and_not_an_outage()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("answer"));
        using var client = Client(server.Url);
        server.Fault = HttpFault.Hang;
        using var patience = new CancellationTokenSource();
        var call = client.SendAsync(Post(), patience.Token);
        await server.ReachedAsync(1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_client_that_is_disposed_sends_nothing_more()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("answer"));
        var client = Client(server.Url);
        client.Dispose();
        client.Dispose();

        Assert.False(Assert.IsType<ServiceSilence>(await client.SendAsync(Post(), default)).MayHaveArrived);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_client_that_is_disposed_during_a_call_ends_it()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Text("answer"));
        var client = Client(server.Url);
        server.Fault = HttpFault.Hang;
        var call = client.SendAsync(Post(), default);
        await server.ReachedAsync(1);
        client.Dispose();

        Assert.True(Assert.IsType<ServiceSilence>(await call.WaitAsync(TimeSpan.FromMinutes(1))).MayHaveArrived);
    }

    private static async Task AssertNotLeftAsync(Uri url, TimeSpan? within = null)
    {
        using var client = Client(url, within);
        var silence = Assert.IsType<ServiceSilence>(await client.SendAsync(Post(), default));

        Assert.False(silence.MayHaveArrived, silence.Text);
        AssertSafe(url, silence);
        Assert.IsType<SendDeferred>(silence.ToSend(_ => null));
        Assert.IsType<WriteRetry>(silence.ToWrite(_ => null));
    }

    private static void AssertSafe(Uri url, ServiceSilence silence)
    {
        var text = silence.ToString();
        Assert.NotEmpty(silence.Text);
        Assert.All([Secret, "customer-data", "q=1", url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    private static ServiceRequest Post() => ServiceRequest.Json(HttpMethod.Post, "messages?q=1", new { text = "customer-data" });

    private static HttpFault Named(string name) => (HttpFault)typeof(HttpFault).GetProperty(name)!.GetValue(null)!;

    private static ServiceClient Client(Uri url, TimeSpan? within = null) => new(new ServiceClientOptions
    {
        BaseUrl = url,
        ConnectWithin = within ?? TimeSpan.FromSeconds(15),
        Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(new AuthenticationHeaderValue("Bearer", Secret)),
    });
}
