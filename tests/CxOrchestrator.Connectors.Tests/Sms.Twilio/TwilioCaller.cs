using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>Calls webhooks as Twilio does; signs by its documentation, without a line of the connector's.</summary>
internal static class TwilioCaller
{
    public static KeyValuePair<string, string>[] Fields(params (string Name, string Value)[] fields) =>
        [.. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))];

    /// <summary>A form that is signed for an address, which may differ from the one that arrives here.</summary>
    public static WebhookRequest Post(
        string url, IReadOnlyList<KeyValuePair<string, string>> fields, string token = TwilioStandIn.AuthToken, string? arrivesAs = null)
    {
        var text = url + string.Concat(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
        return Form(arrivesAs ?? url, fields, Sign(text, token));
    }

    public static WebhookRequest Form(string url, IReadOnlyList<KeyValuePair<string, string>> fields, string signature)
    {
        using var content = new FormUrlEncodedContent(fields);
        return Request(url, "application/x-www-form-urlencoded; charset=UTF-8", content.ReadAsByteArrayAsync().Result, signature);
    }

    /// <summary>A body that is signed as the form that it is, or is taken for.</summary>
    public static WebhookRequest Raw(string url, byte[] body, string token)
    {
        var fields = Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2).Select(System.Net.WebUtility.UrlDecode).ToArray())
            .OrderBy(pair => pair[0], StringComparer.Ordinal);
        return Request(url, "application/x-www-form-urlencoded", body, Sign(url + string.Concat(fields.SelectMany(pair => pair)), token));
    }

    public static WebhookRequest Request(string url, string type, byte[] body, string signature) => new(
        "POST",
        new Uri(url),
        [new("Host", "inside:8080"), new("content-type", type), new("x-twilio-signature", signature), new("I-Twilio-Idempotency-Token", "once")],
        body);

#pragma warning disable CA5350 // Twilio's choice.
    public static string Sign(string text, string token = TwilioStandIn.AuthToken) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    /// <summary>The callback about a message as it stands now.</summary>
    public static WebhookRequest Callback(StoredMessage message)
    {
        var fields = Fields(
            ("AccountSid", TwilioStandIn.AccountSid), ("ApiVersion", "2010-04-01"), ("From", message.From ?? "+14155550100"), ("MessageSid", message.Sid),
            ("MessageStatus", message.Status), ("RawDlrDoneDate", "2603021200"), ("SmsSid", message.Sid), ("SmsStatus", message.Status), ("To", message.To));
        return Post(
            message.Callback!.OriginalString, message.ErrorCode is { } code ? [.. fields, .. Fields(("ErrorCode", code.ToString(null, null)))] : fields);
    }

    /// <summary>What a person wrote.</summary>
    public static WebhookRequest Answer(
        string body, string from = "+66812345678", string? optOutType = null, string sid = "SM000000000000000000000000000000aa")
    {
        var fields = Fields(
            ("AccountSid", TwilioStandIn.AccountSid), ("ApiVersion", "2010-04-01"), ("Body", body), ("From", from), ("FromCountry", "TH"),
            ("MessageSid", sid), ("NumMedia", "0"), ("NumSegments", "1"), ("SmsMessageSid", sid), ("SmsSid", sid), ("SmsStatus", "received"),
            ("To", "+14155550100"));
        return Post(TwilioRig.Webhook, optOutType is null ? fields : [.. fields, .. Fields(("OptOutType", optOutType))]);
    }
}
