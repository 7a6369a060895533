using System.Text;
using CxOrchestrator.Web.Access;
using static CxOrchestrator.Web.Tests.Events.EventApi;

namespace CxOrchestrator.Web.Tests.Events;

public sealed class EventEndpointTests
{
    [Fact]
    public async Task A_structured_event_is_stored_with_what_it_says()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Event("e-1", more: ""","time":"2026-03-01T10:00:00.123456789+02:00","data":{"total":20},"traceparent":"00-x","datacontenttype":"application/json" """));

        Assert.Equal(200, reply.Status);
        Assert.Equal("""{"stored":1,"duplicates":0,"results":[{"id":"e-1","outcome":"stored"}]}""", reply.Text);
        var (key, stored) = Assert.Single(api.Site.Intake.Stored);
        Assert.Equal(("shop", "e-1"), key);
        Assert.Equal(("order.delivered", "c-1"), (stored.Type, stored.Subject));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(1_234_567), stored.Time);
        Assert.Equal(20, stored.Data.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_event_in_binary_mode_is_stored_too()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync("""{"total":20}""", "application/json; charset=utf-8", change: request =>
        {
            request.Headers.TryAddWithoutValidation("ce-specversion", "1.0");
            request.Headers.TryAddWithoutValidation("CE-Id", "e-1");
            request.Headers.TryAddWithoutValidation("ce-source", "\"sh\\op\"");
            request.Headers.TryAddWithoutValidation("ce-type", "order.delivered");
            request.Headers.TryAddWithoutValidation("ce-subject", "Euro%20%E2%82%AC%20%F0%9F%98%80");
            request.Headers.TryAddWithoutValidation("ce-time", "2026-03-01t10:00:00z");
        });

        Assert.Equal(200, reply.Status);
        Assert.Equal("Euro € 😀", Assert.Single(api.Site.Intake.Stored).Value.Subject);
    }

    [Fact]
    public async Task A_header_that_is_not_utf8_is_named()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync("{}", "application/json", change: request =>
        {
            request.Headers.TryAddWithoutValidation("ce-specversion", "1.0");
            request.Headers.TryAddWithoutValidation("ce-id", "%C0%A0");
            request.Headers.TryAddWithoutValidation("ce-source", "shop");
            request.Headers.TryAddWithoutValidation("ce-type", "order.delivered");
            request.Headers.TryAddWithoutValidation("ce-subject", "c-1");
            request.Headers.TryAddWithoutValidation("ce-datacontenttype", "application/json");
        });

        Assert.Equal(400, reply.Status);
        Assert.Equal([(0, "id"), (0, "datacontenttype")], reply.Errors);
    }

    [Fact]
    public async Task A_batch_tells_of_each_event_whether_it_is_new()
    {
        await using var api = await StartAsync();
        await api.PostAsync(Event("e-1"));

        var reply = await api.BatchAsync(Event("e-1"), Event("e-2"), Event("e-2"), Event("e-3", "order.returned"));

        Assert.Equal(200, reply.Status);
        Assert.Equal((2, 2), (reply.Body.GetProperty("stored").GetInt32(), reply.Body.GetProperty("duplicates").GetInt32()));
        Assert.Equal(
            ["duplicate", "stored", "duplicate", "stored"],
            reply.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString()!));
        Assert.Equal(200, (await api.BatchAsync()).Status);
    }

    [Fact]
    public async Task A_thousand_events_by_eight_clients_with_a_tenth_twice_are_each_stored_once()
    {
        await using var api = await StartAsync();
        var ids = Enumerable.Range(0, 1_000).Select(number => number % 10 == 9 ? number - 1 : number).ToList();

        await Parallel.ForEachAsync(ids.Chunk(25), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (chunk, _) =>
            Assert.Equal(200, (await api.BatchAsync([.. chunk.Select(number => Event($"e-{number}"))])).Status));

        Assert.Equal(ids.Distinct().Count(), api.Site.Intake.Stored.Count);
    }

    [Fact]
    public async Task The_reply_comes_after_the_commit()
    {
        await using var api = await StartAsync();
        var commit = new TaskCompletionSource();
        api.Site.Intake.Commit = commit.Task;

        var reply = api.PostAsync(Event("e-1"));
        await Task.Yield();
        Assert.False(reply.IsCompleted);

        commit.SetResult();
        Assert.Equal(200, (await reply).Status);
    }

    [Fact]
    public async Task A_partly_bad_batch_is_refused_whole_with_every_fault_of_every_event()
    {
        await using var api = await StartAsync();

        var reply = await api.BatchAsync(
            Event("good"),
            """{"specversion":"0.3","source":"","type":7,"time":"yesterday","data":[1]}""",
            Event("e-3", type: "order.deliverd"),
            "17",
            Event("e-5", source: "erp", more: ""","datacontenttype":"text/xml","data":{},"data_base64":"e30=" """));

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal(
            [
                (1, "type"), (1, "specversion"), (1, "source"), (1, "id"), (1, "subject"), (1, "time"), (1, "data"),
                (2, ""), (3, ""), (4, "data_base64"), (4, "source"), (4, "datacontenttype"),
            ],
            reply.Errors);
        Assert.Contains("4 of 5 events", reply.Detail, StringComparison.Ordinal);
        Assert.All(
            reply.Body.GetProperty("errors").EnumerateArray(),
            error => Assert.NotEqual("", error.GetProperty("what").GetString()! + error.GetProperty("whatToDo").GetString()));
        Assert.Empty(api.Site.Intake.Stored);
    }

    [Fact]
    public async Task An_unset_attribute_is_a_missing_one()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync("""{"specversion":"1.0","id":null,"source":"shop","type":"order.delivered","subject":null,"time":null,"data":null}""");

        Assert.Equal([(0, "id"), (0, "subject")], reply.Errors);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":["\u0000"]}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task Text_that_no_store_can_keep_is_refused(string data)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Event("e-1", more: ",\"data\":" + data));

        Assert.Equal(400, reply.Status);
        Assert.Empty(api.Site.Intake.Stored);
    }

    [Theory]
    [InlineData("{\"specversion\":\"1.0\",\n  \"id\":}", "Line 2, byte 8")]
    [InlineData("", "Line 1, byte 1")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", "Line 1")]
    [InlineData("{} {}", "Line 1, byte 4")]
    public async Task Malformed_json_is_answered_with_line_and_position(string body, string place)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.StartsWith(place, reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_or_no_array_is_refused()
    {
        await using var api = await StartAsync();

        Assert.Equal(400, (await api.PostAsync(Encoding.Latin1.GetBytes(Event("é")), "application/cloudevents+json", Key)).Status);
        Assert.Equal(400, (await api.PostAsync(Event("e-1"), "application/cloudevents-batch+json")).Status);
        Assert.Equal(200, (await api.PostAsync("\uFEFF" + Event("e-1"))).Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/cloudevents+avro")]
    [InlineData("application/cloudevents+json; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task A_wrong_content_type_is_answered_with_the_right_ones(string? type)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Encoding.UTF8.GetBytes(Event("e-1")), type, Key);

        Assert.Equal(415, reply.Status);
        Assert.Contains("application/cloudevents-batch+json", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using var api = await StartAsync();

        Assert.Equal(415, (await api.PostAsync(Event("e-1"), change: request => request.Content!.Headers.ContentEncoding.Add("gzip"))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_announced_or_not(bool announced)
    {
        await using var api = await StartAsync(maxBytes: "2000");
        var body = Event("e-1", more: $",\"data\":{{\"a\":\"{new string('x', 2_000)}\"}}");

        var reply = await api.PostAsync(body, change: request => request.Headers.TransferEncodingChunked = !announced);

        Assert.Equal(413, reply.Status);
        Assert.Contains("2000", reply.Detail, StringComparison.Ordinal);
        Assert.Equal(0, api.Site.Intake.Calls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    [InlineData("a-key-of-thirty-two-characters!")]
    public async Task A_wrong_key_is_refused_before_the_body_is_looked_at_whatever_is_wrong_with_it(string? key)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync("not json", "text/plain", key);

        Assert.Equal(401, reply.Status);
        // The same words whatever was wrong with the key.
        Assert.Equal(
            """{"type":"about:blank","title":"Unauthorized","status":401,"detail":"The request has no key, or one that no source has. Nothing is stored. Send a source's key as Authorization: Bearer KEY; sources and their keys are named in the setting Events:Sources."}""",
            reply.Text);
        Assert.Equal("Bearer", Assert.Single(reply.Headers.WwwAuthenticate).Scheme);
        Assert.DoesNotContain(api.Site.Log.Lines, line => key is not null && line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_may_come_in_a_header_of_its_own_and_is_good_for_its_source_alone()
    {
        await using var api = await StartAsync();

        var own = await api.PostAsync(Event("e-1"), key: null, change: request => request.Headers.Add("X-Api-Key", Key));
        Assert.Equal(200, own.Status);
        var foreign = await api.PostAsync(Event("e-2"), key: new string('e', 32));
        Assert.Equal([(0, "source")], foreign.Errors);
        Assert.Contains("'erp'", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_wrong_keys_make_an_address_wait_and_no_other()
    {
        await using var api = await StartAsync();
        for (var tried = 0; tried < WrongKeys.Allowed; tried++)
            Assert.Equal(401, (await api.PostAsync("", key: $"wrong-{tried}")).Status);

        var waiting = await api.PostAsync(Event("e-1"));
        Assert.Equal(429, waiting.Status);
        Assert.Equal(TimeSpan.FromMinutes(1), waiting.Headers.RetryAfter!.Delta);
        api.Site.RemoteAddress = System.Net.IPAddress.Parse("192.0.2.7");
        Assert.Equal(200, (await api.PostAsync(Event("e-1"))).Status);
        api.Site.RemoteAddress = System.Net.IPAddress.Loopback;
        api.Site.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await api.PostAsync(Event("e-1"))).Status);
    }
}
