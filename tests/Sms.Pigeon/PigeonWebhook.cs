using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsPigeon;

/// <summary>Reads what Pigeon posts: signed with HMAC-SHA256 over the body, in hexadecimal.</summary>
internal sealed class PigeonWebhook(Secret secret)
{
    // Fields that we don't know are let be; those that we need must be there.
    private static readonly JsonSerializerOptions Form =
        new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    public WebhookResult Read(WebhookRequest request)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), request.Body.Span));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(request.Header("X-Pigeon-Signature") ?? "")))
            return WebhookResult.Refused;
        try
        {
            return JsonSerializer.Deserialize<News>(request.Body.Span, Form) is { } news && TypeOf(news.Kind) is { } type
                ? WebhookResult.Taken(new ConnectorEvent(news.Id, type, "", news.At, DataOf(news)) { Address = news.Number, DeliveryKey = news.Reference })
                : WebhookResult.Taken();
        }
        catch (JsonException)
        {
            return new WebhookResult(true, [], 400);
        }
    }

    private static string? TypeOf(string kind) => kind switch
    {
        "delivered" => ServiceFacts.MessageDelivered,
        "failed" => ServiceFacts.MessageFailed,
        "reply" => ServiceFacts.MessageReplied,
        _ => null,
    };

    private static JsonElement DataOf(News news) => JsonSerializer.SerializeToElement(new { channel = "sms", code = news.Kind, text = news.Text });

    private sealed record News(string Id, string Kind, string Number, DateTimeOffset At, string? Reference = null, string? Text = null);
}
