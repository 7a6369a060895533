using System.Globalization;
using System.Text.Json;

namespace CxOrchestrator.Plugins.SmsTwilio.Api;

/// <summary>A message as Twilio keeps it. Numbers come as text, and almost everything may be missing.</summary>
internal sealed record TwilioMessage
{
    private static readonly string[] DateForms =
        ["ddd, dd MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dd MMM yyyy HH:mm:ss zzz"];

    public string Sid { get; private init; } = "";

    public string Status { get; private init; } = "";

    public string To { get; private init; } = "";

    /// <summary>Empty while a messaging service has not picked a sender.</summary>
    public string From { get; private init; } = "";

    public string Body { get; private init; } = "";

    public string? MessagingServiceSid { get; private init; }

    /// <summary>True for those that somebody sent by the account; false for answers.</summary>
    public bool IsOutbound { get; private init; }

    public int? ErrorCode { get; private init; }

    /// <summary>At least 1; null while it is not known.</summary>
    public int? Segments { get; private init; }

    /// <summary>What it cost; null while it is not known. Twilio books costs as negative amounts.</summary>
    public decimal? Price { get; private init; }

    /// <summary>ISO 4217, in capitals.</summary>
    public string? Currency { get; private init; }

    public DateTimeOffset? Created { get; private init; }

    public DateTimeOffset? Updated { get; private init; }

    /// <summary>Reads one; what can't be read is as if it were missing.</summary>
    public static TwilioMessage Of(JsonElement json) => new()
    {
        Sid = Text(json, "sid") ?? "",
        Status = Text(json, "status") ?? "",
        To = Text(json, "to") ?? "",
        From = Text(json, "from") ?? "",
        Body = Text(json, "body") ?? "",
        MessagingServiceSid = Text(json, "messaging_service_sid"),
        IsOutbound = Text(json, "direction")?.StartsWith("outbound", StringComparison.Ordinal) == true,
        ErrorCode = Integer(Text(json, "error_code")),
        Segments = Integer(Text(json, "num_segments")) is > 0 and var segments ? segments : null,
        Price = decimal.TryParse(Text(json, "price"), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            ? -price
            : null,
        Currency = Text(json, "price_unit")?.ToUpperInvariant(),
        Created = Date(Text(json, "date_created")),
        Updated = Date(Text(json, "date_updated")),
    };

    /// <summary>A date as RFC 2822 section 3.3 writes it, such as <c>Fri, 24 May 2019 17:44:46 +0000</c>.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var date)
            ? date.ToUniversalTime()
            : null;

    // Codes come as numbers, most other numbers as texts: both are taken either way.
    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static int? Integer(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
