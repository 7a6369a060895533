using System.IO.Compression;
using System.Text;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Sdk.Tests.Http;

/// <summary>How an answer is read, and what it means.</summary>
public sealed class ServiceReplyTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("Mon, 02 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Mon, 02 Mar 2026 11:00:00 GMT", 0)]
    public async Task A_wait_is_read_in_seconds_or_as_a_date_and_is_never_negative(string header, int? seconds)
    {
        var reply = await AnswerAsync(ScriptedReply.Empty(429).With("Retry-After", header));

        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, reply.RetryAfter);
        Assert.Equal(reply.RetryAfter, Assert.IsType<SendDeferred>(reply.ToSend(_ => null)).RetryAfter);
        Assert.Equal(reply.RetryAfter, Assert.IsType<WriteRetry>(reply.ToWrite(_ => null)).RetryAfter);
    }

    [Fact]
    public async Task A_packed_answer_is_unpacked_and_its_limit_is_that_of_the_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string('ก', 100_000)));
        var answer = ScriptedReply.Bytes(packed.ToArray(), "text/plain").With("Content-Encoding", "gzip");

        Assert.Equal(new string('ก', 100_000), (await AnswerAsync(answer)).Text());
        Assert.True(packed.Length < 100_000);
        Assert.True(Assert.IsType<ServiceSilence>(await AskAsync(answer, maxReplyBytes: 100_000)).MayHaveArrived);
    }

    [Fact]
    public async Task An_answer_that_only_claims_to_be_packed_may_have_been_done() =>
        Assert.True(await AskAsync(ScriptedReply.Text("plain").With("Content-Encoding", "gzip")) is ServiceSilence { MayHaveArrived: true, IsTooLong: false });

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task An_answer_that_is_too_long_is_none(int length, bool read)
    {
        var answer = await AskAsync(ScriptedReply.Text(new string('x', length)), maxReplyBytes: 1000);

        Assert.Equal(read, answer is ServiceReply);
        Assert.True(read || answer is ServiceSilence { MayHaveArrived: true, IsTooLong: true });
    }

    [Fact]
    public async Task Headers_are_found_without_regard_to_case_and_repeated_ones_joined()
    {
        var reply = await AnswerAsync(ScriptedReply.Text("x").With("X-Many", "one").With("X-Many", "two").With("OData-EntityId", "contacts(1)"));

        Assert.Equal(("one, two", "contacts(1)", "text/plain; charset=utf-8", null), (reply.Header("x-many"), reply.Header("odata-entityid"), reply.Header("CONTENT-TYPE"), reply.Header("nothing")));
    }

    [Theory]
    [InlineData("""{"a":[1,"ä"]}""", true)]
    [InlineData("", false)]
    [InlineData("<html>", false)]
    [InlineData("{} {}", false)]
    [InlineData("{\"a\":", false)]
    public async Task A_body_is_JSON_or_it_is_not(string body, bool isJson)
    {
        var reply = await AnswerAsync(ScriptedReply.Text(body));

        Assert.Equal(isJson, reply.TryJson(out _));
        if (!isJson)
            Assert.Equal("the service answered 200 OK, but its body is not JSON", Assert.Throws<ServiceException>(() => reply.Json()).Message);
    }

    [Fact]
    public async Task Nesting_without_end_is_not_JSON() => Assert.False((await AnswerAsync(ScriptedReply.Text(new string('[', 100_000)))).TryJson(out _));

    [Fact]
    public async Task Neither_text_nor_error_of_a_reply_holds_anything_of_its_body()
    {
        var reply = await AnswerAsync(ScriptedReply.JsonText("""{"error":"anna@example.com"}""", 418));

        Assert.Equal("the service answered 418, 28 bytes", $"{reply}");
        Assert.Equal("the service answered 418", Assert.Throws<ServiceException>(() => reply.Reply()).Message);
        Assert.Equal(SendResult.Rejected("http-418", "the service answered 418"), reply.ToSend(_ => null));
        Assert.Equal(WriteResult.Refused("http-418", "the service answered 418"), reply.ToWrite(_ => null));
    }

    [Theory]
    [InlineData(200, "Unknown", "Retry")]
    [InlineData(301, "Deferred", "Retry")]
    [InlineData(400, "Rejected", "Refused")]
    [InlineData(401, "Deferred", "Retry")]
    [InlineData(403, "Deferred", "Retry")]
    [InlineData(404, "Rejected", "Refused")]
    [InlineData(408, "Unknown", "Retry")]
    [InlineData(409, "Rejected", "Retry")]
    [InlineData(412, "Rejected", "Refused")]
    [InlineData(422, "Rejected", "Refused")]
    [InlineData(429, "Deferred", "Retry")]
    [InlineData(500, "Unknown", "Retry")]
    [InlineData(502, "Unknown", "Retry")]
    [InlineData(503, "Unknown", "Retry")]
    public async Task A_status_means_what_it_means_where_the_service_has_no_rule_of_its_own(int status, string send, string write)
    {
        var reply = await AnswerAsync(ScriptedReply.Empty(status));

        Assert.Equal(("Send" + send, "Write" + write), (reply.ToSend(_ => null).GetType().Name, reply.ToWrite(_ => null).GetType().Name));
        Assert.Equal(SendResult.Accepted("own"), reply.ToSend(_ => SendResult.Accepted("own")));
        Assert.Equal(WriteResult.Written("own"), reply.ToWrite(_ => WriteResult.Written("own")));
    }

    [Fact]
    public async Task A_read_that_must_succeed_throws_with_status_and_wait()
    {
        var reply = await AnswerAsync(ScriptedReply.Empty(429).With("Retry-After", "7"));

        var failure = Assert.Throws<ServiceException>(() => reply.Reply());
        Assert.Equal((429, TimeSpan.FromSeconds(7)), (failure.Status, failure.RetryAfter));
        var missing = await AnswerAsync(ScriptedReply.Empty(404));
        Assert.Same(missing, missing.Reply(also: 404));
        Assert.Throws<ServiceException>(() => missing.Reply());
    }

    private async Task<ServiceReply> AnswerAsync(ScriptedReply reply) => Assert.IsType<ServiceReply>(await AskAsync(reply));

    private async Task<ServiceAnswer> AskAsync(ScriptedReply reply, int maxReplyBytes = 1024 * 1024)
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => reply);
        using var client = new ServiceClient(new ServiceClientOptions { BaseUrl = server.Url, Time = _time, MaxReplyBytes = maxReplyBytes });
        return await client.SendAsync(ServiceRequest.Get("x"), default);
    }
}
