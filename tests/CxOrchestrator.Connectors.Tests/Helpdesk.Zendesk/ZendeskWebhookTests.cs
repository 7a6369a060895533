using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zendesk;

/// <summary>What Zendesk posts, signed as its documentation says.</summary>
public sealed class ZendeskWebhookTests
{
    private const string SolvedEvent = """
        {"type":"zen:event-type:ticket.status_changed","id":"01HZ-7","time":"2026-03-02T12:00:00Z","subject":"zen:ticket:35436",
         "detail":{"id":"35436","status":"SOLVED","requester_id":"500","updated_at":"2026-03-02T12:00:00Z"},"event":{"current":"SOLVED","previous":"OPEN"}}
        """;

    [Fact]
    public async Task A_ticket_event_tells_which_ticket_changed()
    {
        var result = await ReceiveAsync(ZendeskAccount.Webhook(SolvedEvent));

        Assert.True(result.Verified);
        var fact = Assert.Single(result.Events);
        Assert.Equal((ServiceFacts.TicketChanged, "webhook/01HZ-7"), (fact.Type, fact.Id));
        Assert.Equal("""{"ticket":"35436","state":"solved"}""", fact.Data.GetRawText());
    }

    [Fact]
    public async Task A_triggers_body_tells_it_too_and_the_same_fact_has_the_same_id()
    {
        const string Body = """{"ticket_id":"77","status":"Solved","updated_at":"2026-03-02T12:00:00Z","added by an admin":1}""";

        var first = Assert.Single((await ReceiveAsync(ZendeskAccount.Webhook(Body))).Events);
        var again = Assert.Single((await ReceiveAsync(ZendeskAccount.Webhook(Body, "2026-03-02T12:01:00Z"))).Events);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal("""{"ticket":"77","state":"solved"}""", first.Data.GetRawText());
    }

    [Theory]
    [InlineData("another secret")]
    [InlineData("another body")]
    [InlineData("another timestamp")]
    [InlineData("no signature")]
    [InlineData("two signatures")]
    [InlineData("a signature in hex")]
    public async Task What_is_not_signed_as_it_came_is_refused(string tampering)
    {
        var request = ZendeskAccount.Webhook(SolvedEvent);
        var signature = request.Header("X-Zendesk-Webhook-Signature")!;
        var tampered = tampering switch
        {
            "another secret" => ZendeskAccount.Webhook(SolvedEvent, secret: "guessed"),
            "another body" => request with { Body = Encoding.UTF8.GetBytes(SolvedEvent + " ") },
            "another timestamp" => request with { Headers = [request.Headers[0], new("X-Zendesk-Webhook-Signature-Timestamp", "2026-03-02T12:00:01Z")] },
            "no signature" => request with { Headers = [request.Headers[1]] },
            "two signatures" => request with { Headers = [.. request.Headers, new("x-zendesk-webhook-signature", "AAAA")] },
            _ => request with { Headers = [new("X-Zendesk-Webhook-Signature", Convert.ToHexString(Convert.FromBase64String(signature))), request.Headers[1]] },
        };

        var result = await ReceiveAsync(tampered);
        Assert.Equal((false, 401, 0), (result.Verified, result.Status, result.Events.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"ticket_id\":\"../users\",\"updated_at\":\"2026-03-02T12:00:00Z\"}")]
    [InlineData("not JSON \0\u00ff")]
    public async Task A_signed_body_that_says_nothing_is_taken_and_tells_nothing(string body)
    {
        var result = await ReceiveAsync(ZendeskAccount.Webhook(body));

        Assert.Equal((true, 204, 0), (result.Verified, result.Status, result.Events.Count));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_taken()
    {
        var settings = ZendeskAccount.Settings(Nowhere.Url);
        settings.WebhookSecret = null;

        Assert.False((await ReceiveAsync(ZendeskAccount.Webhook(SolvedEvent, secret: ""), settings)).Verified);
    }

    private static async Task<WebhookResult> ReceiveAsync(WebhookRequest request, CxOrchestrator.Plugins.HelpdeskZendesk.ZendeskSettings? settings = null)
    {
        IPlugin plugin = new CxOrchestrator.Plugins.HelpdeskZendesk.ZendeskPlugin();
        var context = new ConnectionContext("desk", Path.GetTempPath(), TimeProvider.System, new RecordingLog());
        await using var connector = plugin.Connect(context, settings ?? ZendeskAccount.Settings(Nowhere.Url));
        return await ((IWebhookReceiver)connector).ReceiveAsync(request, default);
    }
}
