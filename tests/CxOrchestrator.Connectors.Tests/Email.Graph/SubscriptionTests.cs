using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>The subscription that makes polls come sooner, and the notifications that it brings.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task The_poller_makes_one_subscription_with_our_secret_and_polls_on()
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        rig.StandIn.Receive(SampleMail.Reply("d-1"));
        Assert.Single((await rig.PollAsync()).Items);
        await rig.PollAsync();

        var made = Assert.Single(rig.StandIn.Subscriptions.All).Value;
        Assert.Equal(
            ("created", GraphRig.Webhook.AbsoluteUri, GraphRig.Webhook.AbsoluteUri, "users/care@shop.example/mailFolders('inbox')/messages", GraphRig.ClientState),
            ((string?)made["changeType"], (string?)made["notificationUrl"], (string?)made["lifecycleNotificationUrl"], (string?)made["resource"], (string?)made["clientState"]));
        Assert.Single(rig.StandIn.Server.Requests, request => request is { Method: "POST", Path: "/v1.0/subscriptions" });
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_a_secret_or_an_address_of_the_host_there_is_none(bool secret, bool address)
    {
        await using var rig = await GraphRig.StartAsync(settings => settings.ClientState = secret ? settings.ClientState : null, address ? GraphRig.Webhook : null);
        await rig.PollAsync();

        Assert.Empty(rig.StandIn.Subscriptions.All);
        Assert.Single(rig.StandIn.Server.Requests);
    }

    [Fact]
    public async Task It_is_renewed_at_half_its_life_for_as_long_as_it_is_polled()
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        for (var hour = 0; hour < 24 * 14; hour += 6)
        {
            await rig.PollAsync();
            var until = DateTimeOffset.Parse((string)Assert.Single(rig.StandIn.Subscriptions.All).Value["expirationDateTime"]!, null);
            Assert.True(until - rig.Clock.GetUtcNow() > TimeSpan.FromHours(24), $"after {hour} hours it ends at {until:O}");
            rig.Clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.InRange(rig.StandIn.Server.Requests.Count(request => request.Method == "PATCH"), 8, 12);
        Assert.Single(rig.StandIn.Server.Requests, request => request is { Method: "POST", Path: "/v1.0/subscriptions" });
    }

    [Fact]
    public async Task One_that_is_gone_is_made_anew_and_one_of_an_earlier_run_is_replaced()
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        await rig.PollAsync();
        await using (var second = GraphRig.Connect(
            new ConnectionContext("mail", "/nowhere", rig.Clock, rig.Log) { WebhookUrl = GraphRig.Webhook }, rig.Settings, new FakeCredential(), rig.Clock))
        {
            await second.PollAsync(null, default);
        }

        Assert.Single(rig.StandIn.Subscriptions.All);
        rig.StandIn.Subscriptions.All.Clear();
        rig.Clock.Advance(TimeSpan.FromDays(2));
        await rig.PollAsync();
        Assert.Single(rig.StandIn.Subscriptions.All);
    }

    [Fact]
    public async Task A_subscription_that_Graph_refuses_is_told_in_the_log_and_the_poll_goes_on()
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        rig.StandIn.Subscriptions.Handshake = _ => null;
        rig.StandIn.Receive(SampleMail.Reply("d-1"));

        Assert.Single((await rig.PollAsync()).Items);
        await rig.PollAsync();
        Assert.Single(rig.Log.Entries, entry => entry.Text.Contains("ValidationError", StringComparison.Ordinal));
        Assert.DoesNotContain(GraphRig.ClientState, rig.Log.Text, StringComparison.Ordinal);

        rig.StandIn.Subscriptions.Handshake = token => token;
        rig.Clock.Advance(TimeSpan.FromMinutes(11));
        await rig.PollAsync();
        Assert.Single(rig.StandIn.Subscriptions.All);
    }

    [Theory]
    [InlineData("reauthorizationRequired")]
    [InlineData("subscriptionRemoved")]
    [InlineData("missed")]
    public async Task A_lifecycle_notice_asks_for_a_poll_which_sees_to_the_subscription(string notice)
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        await rig.PollAsync();
        if (notice == "subscriptionRemoved")
            rig.StandIn.Subscriptions.All.Clear();
        rig.StandIn.Server.Forget();

        var result = await rig.Connector.ReceiveAsync(Notifications.Post(Notifications.Lifecycle(notice)), default);
        Assert.Equal((true, 202), (result.Verified, result.Status));
        Assert.Equal(ServiceFacts.MailboxChanged, Assert.Single(result.Events).Type);
        await rig.PollAsync();
        Assert.Contains(rig.StandIn.Server.Requests, request => request.Method == "PATCH");
        Assert.Single(rig.StandIn.Subscriptions.All);

        rig.Clock.Advance(TimeSpan.FromHours(1));
        var later = await rig.Connector.ReceiveAsync(Notifications.Post(Notifications.Lifecycle(notice)), default);
        Assert.NotEqual(result.Events[0].Id, later.Events[0].Id);
    }

    [Fact]
    public async Task Notifications_of_several_subscriptions_are_one_hint_and_those_without_our_secret_are_left_out()
    {
        await using var rig = await GraphRig.StartAsync();
        var both = Notifications.Post(Notifications.Created("m-1"), Notifications.Created("m-2", subscription: "another"));
        var mixed = Notifications.Post(Notifications.Created("m-1"), Notifications.Created("m-2", clientState: "state-that-nobody-guesses-8"));
        var forged = Notifications.Post(Notifications.Created("m-1", clientState: GraphRig.ClientState + "x"), Notifications.Created("m-2", clientState: ""));

        Assert.Single((await rig.Connector.ReceiveAsync(both, default)).Events);
        Assert.Empty(rig.Log.Entries);
        Assert.Single((await rig.Connector.ReceiveAsync(mixed, default)).Events);
        Assert.Contains("1 notifications", rig.Log.Text, StringComparison.Ordinal);
        Assert.Equal(WebhookResult.Refused, await rig.Connector.ReceiveAsync(forged, default));
        Assert.Empty(rig.StandIn.Server.Requests);
    }

    [Theory]
    [InlineData("Validation%3a+Testing+client+application+reachability+for+subscription+Request-Id%3a+0b6f", "Validation: Testing client application reachability for subscription Request-Id: 0b6f")]
    [InlineData("opaque%2Btoken%2F%3D", "opaque+token/=")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    public async Task A_validation_token_is_given_back_decoded_and_escaped_as_plain_text(string sent, string expected)
    {
        await using var rig = await GraphRig.StartAsync();
        var result = await rig.Connector.ReceiveAsync(
            new WebhookRequest("POST", new Uri(GraphRig.Webhook, "?validationToken=" + sent), [new("Content-Type", "text/plain; charset=utf-8")], default), default);

        Assert.Equal((200, expected, true), (result.Status, result.ReplyBody, result.ReplyType.StartsWith("text/plain", StringComparison.Ordinal)));
        Assert.Empty(result.Events);
    }

    [Theory]
    [InlineData("POST", "?validationToken=")]
    [InlineData("POST", "?validationToken=a&validationToken=b")]
    [InlineData("POST", "?validationToken=a%0d%0aSet-Cookie:x")]
    [InlineData("POST", "?validationToken=%E0%B8%81")]
    [InlineData("GET", "?validationToken=a")]
    public async Task A_token_that_can_be_none_is_not_given_back(string method, string query)
    {
        await using var rig = await GraphRig.StartAsync();
        var result = await rig.Connector.ReceiveAsync(new WebhookRequest(method, new Uri(GraphRig.Webhook, query), [], default), default);

        Assert.False(result.Verified);
        Assert.True(string.IsNullOrEmpty(result.ReplyBody));
        Assert.InRange(result.Status, 400, 401);
    }

    [Fact]
    public async Task A_token_longer_than_Graphs_is_not_given_back_and_without_a_secret_none_is()
    {
        await using var rig = await GraphRig.StartAsync();
        await using var open = await GraphRig.StartAsync(settings => settings.ClientState = null);
        var request = new WebhookRequest("POST", new Uri(GraphRig.Webhook, "?validationToken=a"), [], default);

        Assert.Equal(400, (await rig.Connector.ReceiveAsync(request with { Url = new Uri(GraphRig.Webhook, "?validationToken=" + new string('a', 3000)) }, default)).Status);
        Assert.Equal(WebhookResult.Refused, await open.Connector.ReceiveAsync(request, default));
        Assert.Equal(WebhookResult.Refused, await open.Connector.ReceiveAsync(Notifications.Post(Notifications.Created("m", clientState: "")), default));
    }
}
