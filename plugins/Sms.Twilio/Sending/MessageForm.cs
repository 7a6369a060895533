using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Sending;

/// <summary>Writes a message as the form that creates it.</summary>
/// <param name="settings">Valid settings.</param>
/// <param name="webhook">Where Twilio reports to; null where it can't.</param>
internal sealed partial class MessageForm(TwilioSettings settings, Uri? webhook)
{
    /// <summary>Characters that a text may have at most.</summary>
    public const int MostCharacters = 1600;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields, in the order of Twilio's reference.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Of(SmsMessage message)
    {
        var fields = new List<KeyValuePair<string, string>> { new("To", PhoneNumber.On(settings.Channel, message.To)) };
        if (webhook is not null)
            fields.Add(new("StatusCallback", Callback(webhook, message.Key)));
        if (settings.Channel == TwilioChannel.Sms)
            fields.Add(new("ValidityPeriod", settings.ValidityPeriod.ToString(CultureInfo.InvariantCulture)));
        fields.Add(string.IsNullOrEmpty(settings.MessagingServiceSid)
            ? new("From", PhoneNumber.On(settings.Channel, settings.From!))
            : new("MessagingServiceSid", settings.MessagingServiceSid));
        if (string.IsNullOrEmpty(settings.ContentSid))
        {
            fields.Add(new("Body", message.Text));
        }
        else
        {
            fields.Add(new("ContentSid", settings.ContentSid));
            fields.Add(new("ContentVariables", JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = Variable(message.Text) }, Readable)));
        }

        return fields;
    }

    /// <summary>True where these words are those of a message that Twilio keeps: all of them, or within those of the template.</summary>
    public bool Matches(string body, string text) => string.IsNullOrEmpty(settings.ContentSid)
        ? string.Equals(body, text, StringComparison.Ordinal)
        : body.Contains(Variable(text), StringComparison.Ordinal);

    /// <summary>The public address as Twilio can call it back; null where it can't (this machine alone, or a name that Twilio refuses).</summary>
    public static Uri? Callable(Uri? address) =>
        address is { IsAbsoluteUri: true, IsLoopback: false } && !address.Host.Contains('_', StringComparison.Ordinal) ? address : null;

    // The key comes back with each report, and so settles a message whose creation was never answered.
    private static string Callback(Uri webhook, string key)
    {
        var address = webhook.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return $"{address}{(webhook.Query.Length > 1 ? '&' : '?')}key={Uri.EscapeDataString(key)}";
    }

    // WhatsApp takes no line breaks, tabs or runs of spaces in a variable.
    private static string Variable(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
