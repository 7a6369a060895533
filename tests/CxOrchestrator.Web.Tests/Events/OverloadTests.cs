using System.Net.Sockets;
using System.Text;
using CxOrchestrator.Core;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Events;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using static CxOrchestrator.Web.Tests.Events.EventApi;

namespace CxOrchestrator.Web.Tests.Events;

public sealed class OverloadTests
{
    [Fact]
    public async Task Whoever_finds_no_room_is_told_when_to_come_back_and_nothing_of_it_is_stored()
    {
        await using var api = await StartAsync(maxWaiting: "2");
        var commit = new TaskCompletionSource();
        api.Site.Intake.Commit = commit.Task;
        var waiting = new[] { api.PostAsync(Event("e-1")), api.PostAsync(Event("e-2")) };
        await UntilAsync(() => api.Site.Intake.Entered == 2);

        var refused = await api.PostAsync(Event("e-3"));

        Assert.Equal((429, "application/problem+json"), (refused.Status, refused.MediaType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
        Assert.Equal("urn:cxo:problem:intake-full", refused.Body.GetProperty("type").GetString());
        Assert.Contains("Nothing of this request is stored. Send it again after as long as Retry-After says", refused.Detail, StringComparison.Ordinal);
        commit.SetResult();
        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(200, reply.Status));
        Assert.Equal(["e-1", "e-2"], api.Site.Intake.Stored.Keys.Select(key => key.Id).Order());
        Assert.Equal(200, (await api.PostAsync(Event("e-3"))).Status);
    }

    [Fact]
    public async Task The_bytes_of_bodies_that_wait_are_bounded_too()
    {
        await using var api = await StartAsync(maxBytes: "2000", maxWaitingBytes: "2500");
        var commit = new TaskCompletionSource();
        api.Site.Intake.Commit = commit.Task;
        var large = api.PostAsync(Event("e-1", more: $",\"data\":{{\"a\":\"{new string('x', 1_700)}\"}}"));
        await UntilAsync(() => api.Site.Intake.Entered == 1);

        Assert.Equal(429, (await api.PostAsync(Event("e-2", more: $",\"data\":{{\"a\":\"{new string('x', 1_000)}\"}}"))).Status);
        Assert.Equal(
            429, (await api.PostAsync(Event("e-2", more: $",\"data\":{{\"a\":\"{new string('x', 1_000)}\"}}"), change: request => request.Headers.TransferEncodingChunked = true)).Status);
        var small = api.PostAsync(Event("e-3"));
        await UntilAsync(() => api.Site.Intake.Entered == 2);

        commit.SetResult();
        Assert.Equal((200, 200), ((await large).Status, (await small).Status));
        Assert.Equal(200, (await api.PostAsync(Event("e-2", more: $",\"data\":{{\"a\":\"{new string('x', 1_000)}\"}}"))).Status);
    }

    [Fact]
    public async Task Room_is_given_back_whatever_becomes_of_a_request()
    {
        await using var api = await StartAsync(maxBytes: "2000", maxWaiting: "1", maxWaitingBytes: "2000");
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(400, (await api.PostAsync("not json")).Status);
            Assert.Equal(400, (await api.PostAsync(Event("e-1", type: "nobody.knows"))).Status);
            Assert.Equal(413, (await api.PostAsync(new string(' ', 3_000), change: request => request.Headers.TransferEncodingChunked = true)).Status);
            Assert.Equal(400, (await api.PostAsync([0xC3, 0x28], "application/cloudevents+json", Key)).Status);
            api.Site.Intake.Commit = Task.FromException(new StoreIsAway());
            Assert.Equal(503, (await api.PostAsync(Event($"e-{round}"))).Status);
            api.Site.Intake.Commit = Task.FromException(new FormatException("our own fault"));
            Assert.Equal(500, (await api.PostAsync(Event($"e-{round}"))).Status);
            api.Site.Intake.Commit = Task.CompletedTask;
            Assert.Equal(200, (await api.PostAsync(Event($"e-{round}", more: $",\"data\":{{\"a\":\"{new string('x', 1_500)}\"}}"))).Status);
        }
    }

    [Fact]
    public async Task A_store_that_is_out_of_order_is_told_as_such_and_the_log_has_one_line_for_many()
    {
        await using var api = await StartAsync();
        api.Site.Intake.Commit = Task.FromException(new StoreIsAway());

        for (var sent = 0; sent < 10; sent++)
        {
            var reply = await api.PostAsync(Event($"e-{sent}"));
            Assert.Equal((503, "application/problem+json", 5d), (reply.Status, reply.MediaType, reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
            Assert.DoesNotContain("disk", reply.Text, StringComparison.Ordinal);
        }

        Assert.Single(api.Site.Log.Lines, line => line.Contains("the disk is full", StringComparison.Ordinal));
        api.Site.Machine.Advance(ComeBack.BetweenLines);
        await api.PostAsync(Event("e-10"));
        Assert.Single(api.Site.Log.Lines, line => line.Contains("10 requests were told to come back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_never_be_stored_is_not_asked_for_again()
    {
        await using var api = await StartAsync();
        api.Site.Intake.Commit = Task.FromException(new StoreIsAway { MayPass = false });

        Assert.Equal(500, (await api.PostAsync(Event("e-1"))).Status);
    }

    [Fact]
    public async Task Calls_of_services_have_a_bound_of_their_own()
    {
        await using var api = await StartAsync(maxWaiting: "1");
        var commit = new TaskCompletionSource();
        api.Site.Told.Commit = commit.Task;
        api.Site.Connections.OnHook = _ => WebhookResult.Taken(new ConnectorEvent("1", ServiceFacts.MessageDelivered, "", DateTimeOffset.UnixEpoch, default));
        var first = api.Site.Client.PostAsync("/hooks/texts", new StringContent("x"));
        await UntilAsync(() => api.Site.Connections.Hooks.Count == 1);

        var second = await api.Site.Client.PostAsync("/hooks/texts", new StringContent("x"));

        Assert.Equal(429, (int)second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
        Assert.Single(api.Site.Connections.Hooks);
        Assert.Equal(200, (await api.PostAsync(Event("e-1"))).Status);
        commit.SetResult();
        Assert.Equal(204, (int)(await first).StatusCode);
        Assert.Equal(204, (int)(await api.Site.Client.PostAsync("/hooks/texts", new StringContent("x"))).StatusCode);
    }

    [Fact]
    public async Task A_service_is_asked_to_call_again_where_the_store_is_out_of_order()
    {
        await using var api = await StartAsync();
        api.Site.Told.Commit = Task.FromException(new StoreIsAway());
        api.Site.Connections.OnHook = _ => WebhookResult.Taken(new ConnectorEvent("1", ServiceFacts.MessageDelivered, "", DateTimeOffset.UnixEpoch, default));

        var reply = await api.Site.Client.PostAsync("/hooks/texts", new StringContent("x"));

        Assert.Equal((503, "30"), ((int)reply.StatusCode, reply.Headers.RetryAfter!.ToString()));
    }

    [Fact]
    public async Task A_body_that_comes_slowly_takes_no_place_before_it_is_whole()
    {
        await using var api = await StartAsync(maxWaiting: "1", host: web => web.UseKestrelCore().UseUrls("http://127.0.0.1:0"));
        var address = api.Site.Client.BaseAddress!;
        using var slow = new TcpClient(address.Host, address.Port);
        var body = Event("e-1");
        var head = $"POST /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Key}\r\nContent-Type: application/cloudevents+json\r\nContent-Length: {body.Length}\r\n\r\n";
        await slow.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body[..20]));

        Assert.Equal(200, (await api.PostAsync(Event("e-2"))).Status);

        await slow.GetStream().WriteAsync(Encoding.UTF8.GetBytes(body[20..]));
        var said = new byte[1_024];
        Assert.StartsWith("HTTP/1.1 200", Encoding.UTF8.GetString(said, 0, await slow.GetStream().ReadAsync(said)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_wait_when_the_host_stops_are_answered_after_their_commit()
    {
        await using var api = await StartAsync(host: web => web.UseKestrelCore().UseUrls("http://127.0.0.1:0"));
        var commit = new TaskCompletionSource();
        api.Site.Intake.Commit = commit.Task;
        var waiting = Enumerable.Range(0, 8).Select(number => api.PostAsync(Event($"e-{number}"))).ToList();
        await UntilAsync(() => api.Site.Intake.Entered == waiting.Count);

        var stopping = api.Site.StopAsync();
        Assert.False(stopping.IsCompleted);
        commit.SetResult();

        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(200, reply.Status));
        await stopping;
        Assert.Equal(waiting.Count, api.Site.Intake.Stored.Count);
    }

    // What is waited for happens on another thread, and at once.
    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
            await Task.Delay(5, limit.Token);
    }

    private sealed class StoreIsAway() : StoreFaultException("The database: the disk is full. Free some space.", null);
}
