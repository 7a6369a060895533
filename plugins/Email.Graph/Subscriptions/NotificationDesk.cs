using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.EmailGraph.Subscriptions;

/// <summary>
/// Takes Graph's notifications. Each carries the ClientState of its subscription, and nothing else that proves anything: so they are a hint to poll, and
/// their content is used for nothing.
/// </summary>
internal sealed class NotificationDesk(Secret? clientState, SubscriptionCare care, TimeProvider time, ILogger log)
{
    private static readonly JsonElement NoData = JsonElement.Parse("{}"u8);

    private readonly byte[]? _expected = clientState is { IsEmpty: false } ? Encoding.UTF8.GetBytes(clientState.Reveal()) : null;

    /// <summary>One request.</summary>
    public WebhookResult Receive(WebhookRequest request)
    {
        if (_expected is null || !request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase))
            return WebhookResult.Refused;
        if (ValidationToken.IsIn(request.Url))
            return ValidationToken.Read(request.Url) is { } token ? new WebhookResult(true, [], 200, token) : new WebhookResult(false, [], 400);
        var (genuine, forged) = Items(request.Body);
        if (forged > 0)
            log.LogWarning("{Count} notifications did not carry our ClientState and were not used", forged);
        if (genuine.Count == 0)
            return WebhookResult.Refused;
        var lifecycle = genuine.Exists(item => item.TryGetProperty("lifecycleEvent", out _));
        if (lifecycle)
            care.SoonAgain();
        return new WebhookResult(true, [Hint(genuine, lifecycle)], 202);
    }

    private ConnectorEvent Hint(List<JsonElement> items, bool lifecycle)
    {
        var now = time.GetUtcNow();
        var told = string.Join('\n', items.Select(item => item.GetRawText()));
        // A lifecycle notice says the same each time: those of another hour are other ones.
        var text = lifecycle ? told + now.ToString("yyyyMMddHH", CultureInfo.InvariantCulture) : told;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        return new ConnectorEvent("notice-" + id, ServiceFacts.MailboxChanged, "", now, NoData);
    }

    private (List<JsonElement> Genuine, int Forged) Items(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Array)
                return ([], 0);
            var genuine = value.EnumerateArray().Where(IsGenuine).Select(item => item.Clone()).ToList();
            return (genuine, value.GetArrayLength() - genuine.Count);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return ([], 0);
        }
    }

    private bool IsGenuine(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("clientState", out var state) && state.ValueKind == JsonValueKind.String
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state.GetString()!), _expected);
}
