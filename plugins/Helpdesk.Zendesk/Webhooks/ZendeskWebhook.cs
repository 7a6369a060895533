using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Webhooks;

/// <summary>
/// Takes Zendesk's webhooks: those of ticket events (an envelope with <c>type</c>, <c>id</c> and <c>detail</c>) and those of triggers, whose body an admin
/// writes with the fields <c>ticket_id</c>, <c>status</c> and <c>updated_at</c>. Signed with HMAC-SHA256 over the timestamp header and the raw body.
/// </summary>
internal sealed class ZendeskWebhook(Secret? secret)
{
    private const string TicketEvents = "zen:event-type:ticket.";

    public WebhookResult Receive(WebhookRequest request)
    {
        if (!IsSigned(request))
            return WebhookResult.Refused;
        return Fact(request.Body) is { } fact ? WebhookResult.Taken(fact) : WebhookResult.Taken();
    }

    private bool IsSigned(WebhookRequest request)
    {
        if (secret is null || secret.IsEmpty
            || request.Header("X-Zendesk-Webhook-Signature") is not { } signature
            || request.Header("X-Zendesk-Webhook-Signature-Timestamp") is not { } timestamp)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. request.Body.Span];
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), signed));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    private static ConnectorEvent? Fact(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement;
            return json.Text("type") is { } type && type.StartsWith(TicketEvents, StringComparison.Ordinal) ? OfEvent(json) : OfTrigger(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Signed and yet not ours to understand: an admin's own body, or a GET without one.
            return null;
        }
    }

    private static ConnectorEvent? OfEvent(JsonElement json)
    {
        var detail = json.Find("detail");
        return detail?.Text("id") is { } ticket && json.Text("id") is { } id && json.Time("time") is { } time
            ? Changed(id, ticket, detail.Value.Text("status"), time)
            : null;
    }

    private static ConnectorEvent? OfTrigger(JsonElement json) =>
        json.Text("ticket_id") is { } ticket && json.Time("updated_at") is { } time
            ? Changed(string.Create(CultureInfo.InvariantCulture, $"{ticket}/{json.Text("status")}/{time.ToUnixTimeSeconds()}"), ticket, json.Text("status"), time)
            : null;

    private static ConnectorEvent? Changed(string id, string ticket, string? status, DateTimeOffset time) => TicketReading.IdOf(ticket) is null
        ? null
        : new ConnectorEvent("webhook/" + id, ServiceFacts.TicketChanged, "", time, JsonSerializer.SerializeToElement(new { ticket, state = status?.ToLowerInvariant() }));
}
