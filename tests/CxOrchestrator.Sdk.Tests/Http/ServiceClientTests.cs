using System.Net.Http.Headers;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Sdk.Tests.Http;

/// <summary>What a request is made of, and where it goes.</summary>
public sealed class ServiceClientTests
{
    private const string Secret = "s3cret-token";

    [Theory]
    [InlineData("api/v9.2", "contacts?$top=1", "/api/v9.2/contacts?$top=1")]
    [InlineData("api/v9.2/", "contacts", "/api/v9.2/contacts")]
    [InlineData("", "contacts('O%27Brien')?x=%2B66", "/contacts('O%27Brien')?x=%2B66")]
    [InlineData("api/", "", "/api/")]
    public async Task A_path_is_taken_below_the_whole_base_address(string baseUrl, string path, string target)
    {
        await using var server = await EchoAsync();
        using var client = Client(new Uri(server.Url, baseUrl));

        Assert.IsType<ServiceReply>(await client.SendAsync(ServiceRequest.Get(path), default));
        Assert.Equal(target, server.Requests.Single().Target);
    }

    [Fact]
    public async Task A_whole_address_on_the_same_host_is_followed_as_services_give_it_for_a_next_page()
    {
        await using var server = await EchoAsync();
        using var client = Client(new Uri(server.Url, "api/v1"));

        Assert.IsType<ServiceReply>(await client.SendAsync(ServiceRequest.Get(new Uri(server.Url, "api/v1/people?page=2").AbsoluteUri), default));
        Assert.Equal("/api/v1/people?page=2", server.Requests.Single().Target);
    }

    [Theory]
    [InlineData("http://other.example/people")]
    [InlineData("//other.example/people")]
    [InlineData("/people")]
    [InlineData("https://127.0.0.1/people")]
    [InlineData("http://127.0.0.1:1/people")]
    [InlineData("http://127.0.0.1@other.example/people")]
    [InlineData("http://[not an address/people")]
    [InlineData("file:///etc/passwd")]
    public async Task Another_host_gets_neither_the_request_nor_the_credentials(string path)
    {
        await using var server = await EchoAsync();
        using var client = Client(server.Url);

        Assert.False(Assert.IsType<ServiceSilence>(await client.SendAsync(ServiceRequest.Get(path), default)).MayHaveArrived);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        await using var elsewhere = await EchoAsync();
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty(307).With("Location", elsewhere.Url.AbsoluteUri));
        using var client = Client(server.Url);

        var reply = Assert.IsType<ServiceReply>(await client.SendAsync(ServiceRequest.Json(HttpMethod.Post, "send", new { }), default));
        Assert.Equal((307, elsewhere.Url.AbsoluteUri), (reply.Status, reply.Header("location")));
        Assert.Empty(elsewhere.Requests);
        Assert.IsType<SendDeferred>(reply.ToSend(_ => null));
    }

    [Fact]
    public async Task Header_values_that_typed_collections_refuse_are_sent_as_they_are()
    {
        await using var server = await EchoAsync();
        using var client = Client(server.Url);
        var request = ServiceRequest.Json(HttpMethod.Patch, "contacts(1)", new { name = "สมชาย" })
            .With("If-None-Match", "null").With("Prefer", "return=representation, odata.track-changes").With("Content-Language", "th");

        await client.SendAsync(request, default);

        var sent = server.Requests.Single();
        Assert.Equal(
            ("null", "return=representation, odata.track-changes", "th", "application/json; charset=utf-8", $"Bearer {Secret}", $"CxOrchestrator/{SdkVersion.Current}"),
            (sent.Header("If-None-Match"), sent.Header("Prefer"), sent.Header("Content-Language"), sent.Header("Content-Type"), sent.Header("Authorization"), sent.Header("User-Agent")));
        Assert.Equal("สมชาย", sent.Json().GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_form_keeps_repeated_names_and_every_character()
    {
        await using var server = await EchoAsync();
        using var client = Client(server.Url);
        KeyValuePair<string, string>[] fields = [new("To", "+66812345678"), new("Tag", "a"), new("Tag", "b&c=d %"), new("Text", "สวัสดี 👩‍👩‍👧\n")];

        await client.SendAsync(ServiceRequest.Form("messages", fields), default);

        Assert.Equal(fields, server.Requests.Single().Form());
        Assert.Equal("application/x-www-form-urlencoded", server.Requests.Single().Header("Content-Type"));
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty().With("Set-Cookie", "session=1; Path=/"));
        using var client = Client(server.Url);
        await client.SendAsync(ServiceRequest.Get("one"), default);
        await client.SendAsync(ServiceRequest.Get("two"), default);

        Assert.All(server.Requests, request => Assert.Null(request.Header("Cookie")));
    }

    [Fact]
    public async Task Credentials_are_asked_for_with_each_request_and_their_outage_is_one_before_the_request()
    {
        await using var server = await EchoAsync();
        var number = 0;
        using var client = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = server.Url,
            Authorize = _ => ++number < 3
                ? ValueTask.FromResult<AuthenticationHeaderValue?>(new AuthenticationHeaderValue("Bearer", $"t{number}"))
                : throw new ServiceException("the token service is away"),
        });
        await client.SendAsync(ServiceRequest.Get("one"), default);
        await client.SendAsync(ServiceRequest.Get("two"), default);

        Assert.Equal(new ServiceSilence(false, "the token service is away"), await client.SendAsync(ServiceRequest.Get("three"), default));
        Assert.Equal(["Bearer t1", "Bearer t2"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Requests_at_once_get_their_own_answers()
    {
        await using var server = await EchoAsync();
        using var client = Client(server.Url);

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.SendAsync(ServiceRequest.Json(HttpMethod.Post, $"n/{i}", i), default)));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), replies.Select(reply => reply.Reply().Text()));
        Assert.Equal(100, server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        await using var server = await EchoAsync();
        using var client = Client(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(ServiceRequest.Get("x"), new CancellationToken(true)));
        Assert.Empty(server.Requests);
    }

    private static Task<ScriptedHttpServer> EchoAsync() => ScriptedHttpServer.StartAsync(request => ScriptedReply.Text(request.Text()));

    private static ServiceClient Client(Uri url) => new(new ServiceClientOptions
    {
        BaseUrl = url,
        Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(new AuthenticationHeaderValue("Bearer", Secret)),
    });
}
