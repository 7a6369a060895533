using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Knows every secret of every connection and takes them out of texts, as they are and as services like to echo them: escaped
/// for a URL or JSON, or in Base64. One for the whole host, since a plugin's connections share its statics.
/// </summary>
internal sealed class SecretMask
{
    private const string Dots = "••••••";

    private readonly Lock _gate = new();
    private volatile string[] _forms = [];

    /// <summary>From now on this value is masked.</summary>
    public void Add(Secret secret)
    {
        if (secret.IsEmpty)
            return;
        var value = secret.Reveal();
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        string[] forms =
        [
            value, Uri.EscapeDataString(value), WebUtility.UrlEncode(value), base64, base64.TrimEnd('='),
            JsonEncodedText.Encode(value).ToString(), JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        ];
        lock (_gate)
        {
            // The longest first, so that a secret that holds another leaves no rest.
            _forms = [.. _forms.Concat(forms).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        }
    }

    /// <summary>The text with dots where a secret stood.</summary>
    public string Apply(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Dots, StringComparison.Ordinal);
        return text;
    }
}
