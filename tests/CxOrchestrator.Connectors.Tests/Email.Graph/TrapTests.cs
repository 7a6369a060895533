using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.SendMail;
using Microsoft.Kiota.Abstractions.Authentication;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>Trap 7: sendMail's 202 has no id and no idempotency; List-Unsubscribe by JSON is refused; the same SDK model posted again sends nothing.</summary>
public sealed class TrapTests
{
    [Fact]
    public async Task Trap_7_a_202_has_no_id_and_no_idempotency_so_an_unknown_send_is_looked_up_and_not_sent_again()
    {
        await using var rig = await GraphRig.StartAsync();
        var message = AnEmail().Key("d-1").Build();
        rig.StandIn.Server.Fault = HttpFault.CutAfterBody.For(1);
        var handedOver = rig.Clock.GetUtcNow();

        Assert.IsType<SendUnknown>(await rig.SendAsync(message));
        Assert.False(rig.Connector is IEmailSender { HonoursKey: true });
        Assert.Equal(SendResult.Accepted(rig.StandIn.Sent[0].Id), await rig.LookUpAsync("d-1", handedOver));
        Assert.Single(rig.StandIn.Sent);

        // Graph would take it again: nothing but the lookup stands between.
        Assert.IsType<SendAccepted>(await rig.SendAsync(message));
        Assert.Equal(2, rig.StandIn.Sent.Count(sent => sent.Key == "d-1"));
    }

    [Fact]
    public async Task Trap_7_List_Unsubscribe_and_its_Post_arrive_in_MIME_where_JSON_would_be_refused()
    {
        await using var rig = await GraphRig.StartAsync();
        const string Link = "<https://cx.example.com/u/one-click/eyJhbGciOiJIUzI1NiJ9.a-very-long-token-that-must-not-be-folded-or-encoded-0123456789>, <mailto:care@shop.example?subject=unsubscribe>";
        var result = await rig.SendAsync(AnEmail().Header("List-Unsubscribe", Link).Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
            .Header("Auto-Submitted", "auto-generated").Header("X-One", "1").Header("X-Two", "2").Header("X-Three", "3").Build());

        Assert.IsType<SendAccepted>(result);
        var mail = Assert.Single(rig.StandIn.Sent).Read;
        Assert.Equal((Link, "List-Unsubscribe=One-Click"), (mail.Raw("List-Unsubscribe"), mail.Raw("List-Unsubscribe-Post")));

        var json = new JsonObject { ["message"] = new JsonObject { ["internetMessageHeaders"] = new JsonArray(new JsonObject { ["name"] = "List-Unsubscribe", ["value"] = Link }) } };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rig.StandIn.Server.Url, "v1.0/users/care%40shop.example/sendMail"))
        {
            Content = new StringContent(json.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", GraphRig.Token);
        using var refused = await http.SendAsync(request);
        Assert.Contains("InvalidInternetMessageHeader", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_7_the_SDKs_model_sends_nothing_when_it_is_posted_again_which_is_why_no_model_of_ours_is()
    {
        await using var server = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty(202));
        var graph = new GraphServiceClient(new HttpClient(), new AnonymousAuthenticationProvider(), server.Url.AbsoluteUri.TrimEnd('/'));
        var body = new SendMailPostRequestBody { Message = new Message { Subject = "How was it?" }, SaveToSentItems = true };
        await graph.Users["care"].SendMail.PostAsync(body);
        await graph.Users["care"].SendMail.PostAsync(body);

        Assert.Contains("How was it?", server.Requests[0].Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("How was it?", server.Requests[1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_7_every_try_of_ours_is_as_whole_as_the_first()
    {
        await using var rig = await GraphRig.StartAsync(webhook: GraphRig.Webhook);
        var message = AnEmail().Key("d-1").Html("<p>x</p>").Build();
        rig.StandIn.Server.Fault = HttpFault.Status(429, TimeSpan.FromSeconds(1)).Where(request => request.Method == "POST");
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<SendDeferred>(await rig.SendAsync(message));
            await rig.PollAsync();
            rig.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        rig.StandIn.Server.Fault = null;
        Assert.IsType<SendAccepted>(await rig.SendAsync(message));
        await rig.PollAsync();
        var mails = rig.StandIn.Server.Requests.Where(request => request.Path.EndsWith("sendMail", StringComparison.Ordinal)).ToList();
        var subscriptions = rig.StandIn.Server.Requests.Where(request => request is { Method: "POST", Path: "/v1.0/subscriptions" }).Select(request => request.Json()).ToList();

        Assert.Equal((4, 4), (mails.Count, subscriptions.Count));
        Assert.All(mails, mail => Assert.Equal(mails[0].Body.Length, mail.Body.Length));
        Assert.All(subscriptions, subscription => Assert.Equal(
            subscriptions[0].EnumerateObject().Where(property => property.Name != "expirationDateTime").Select(property => property.ToString()),
            subscription.EnumerateObject().Where(property => property.Name != "expirationDateTime").Select(property => property.ToString())));
        Assert.Equal(JsonValueKind.String, subscriptions[3].GetProperty("clientState").ValueKind);
    }
}
