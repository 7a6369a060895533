using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Plugins.HelpdeskZammad.Tickets;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad.Webhooks;

/// <summary>
/// Takes the webhooks of Zammad's triggers: <c>{ ticket, article }</c>, signed with HMAC-SHA1 in <c>X-Hub-Signature</c>. Zammad leaves the header out where
/// no token is set there, so a request without it is refused.
/// </summary>
internal sealed class ZammadWebhook(Secret? token)
{
    private const string Prefix = "sha1=";

    public WebhookResult Receive(WebhookRequest request)
    {
        if (!IsSigned(request))
            return WebhookResult.Refused;
        return Fact(request.Body) is { } fact ? WebhookResult.Taken(fact) : WebhookResult.Taken();
    }

    private bool IsSigned(WebhookRequest request)
    {
        if (token is null || token.IsEmpty || request.Header("X-Hub-Signature") is not { } signature)
            return false;
#pragma warning disable CA5350 // The service signs with SHA-1; as an HMAC it still stands.
        var expected = Prefix + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token.Reveal()), request.Body.Span));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    private static ConnectorEvent? Fact(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.Find("ticket") is not { } ticket || ticket.Text("id") is not { } id || ticket.Time("updated_at") is not { } at)
                return null;
            var state = ticket.Find("state") is { ValueKind: JsonValueKind.Object } named ? named.Text("name") : ticket.Text("state");
            // Zammad tries five times: the ticket and its moment tell that it is the same fact.
            return new ConnectorEvent(
                string.Create(CultureInfo.InvariantCulture, $"webhook/{id}/{at.ToUnixTimeMilliseconds()}"), ServiceFacts.TicketChanged, "", at,
                JsonSerializer.SerializeToElement(new { ticket = id, state }));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
