using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>The ways in which services write a secret that they were sent.</summary>
internal static partial class SecretForms
{
    // What is shorter is found in any text.
    private const int ShortestEncoded = 8;

    /// <summary>The value itself, and escaped for URL, JSON and HTML, in hex, and in Base64: alone, or with a user's name before it.</summary>
    public static IEnumerable<string> Of(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var base64 = Convert.ToBase64String(bytes);
        string[] forms =
        [
            value, Uri.EscapeDataString(value), WebUtility.UrlEncode(value), WebUtility.HtmlEncode(value), base64, base64.TrimEnd('='),
            JsonEncodedText.Encode(value).ToString(), JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        ];
        string[] encoded = [Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), .. Enumerable.Range(0, 3).Select(before => Within(bytes, before))];
        return forms
            .Concat(encoded.Where(form => form.Length >= ShortestEncoded))
            .SelectMany(form => new[] { form, ForUrls(form), LowerEscapes(form) })
            .Where(form => form.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }

    // Base64 writes three bytes as four characters: what stands before a secret moves it. Characters that the neighbours have a share in are left out.
    private static string Within(byte[] secret, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. secret]);
        var begin = ((8 * before) + 5) / 6;
        var end = 8 * (before + secret.Length) / 6;
        return text[begin..Math.Max(begin, end)];
    }

    private static string ForUrls(string base64) =>
        IsBase64().IsMatch(base64) ? base64.TrimEnd('=').Replace('+', '-').Replace('/', '_') : base64;

    private static string LowerEscapes(string form) => Escapes().Replace(form, escape => escape.Value.ToLowerInvariant());

    [GeneratedRegex("^[A-Za-z0-9+/]+=*$")]
    private static partial Regex IsBase64();

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex Escapes();
}
