using System.Net.Http.Headers;
using System.Text.Json;

namespace CxOrchestrator.Plugins.SmsTwilio.Webhooks;

/// <summary>The fields of a webhook, decoded, in the order of arrival; a name may come more than once.</summary>
internal sealed class SignedFields(IReadOnlyList<KeyValuePair<string, string>> fields)
{
    private const int MostFields = 1000;

    /// <summary>All of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => fields;

    /// <summary>The one value of a field; null where there is none, or where there are different ones: nobody could say which is meant.</summary>
    public string? this[string name]
    {
        get
        {
            var values = fields.Where(field => field.Key == name).Select(field => field.Value).Distinct().Take(2).ToList();
            return values.Count == 1 ? values[0] : null;
        }
    }

    /// <summary>Fields of a query or a form (<c>application/x-www-form-urlencoded</c>); null where there are too many.</summary>
    public static SignedFields? Form(string text)
    {
        var pairs = text.Split('&', StringSplitOptions.RemoveEmptyEntries);
        return pairs.Length > MostFields ? null : new SignedFields([.. pairs.Select(Pair)]);
    }

    /// <summary>The plain values of a JSON object; none where it is none.</summary>
    public static SignedFields Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return new SignedFields(json.RootElement.ValueKind != JsonValueKind.Object
                ? []
                : [.. json.RootElement.EnumerateObject()
                    .Where(one => one.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(one => new KeyValuePair<string, string>(one.Name, one.Value.ToString()))]);
        }
        catch (JsonException)
        {
            return new SignedFields([]);
        }
    }

    /// <summary>True where a <c>Content-Type</c> says form.</summary>
    public static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && string.Equals(type.MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, string> Pair(string text)
    {
        var parts = text.Split('=', 2);
        return new(Decode(parts[0]), parts.Length > 1 ? Decode(parts[1]) : "");
    }

    private static string Decode(string text) => System.Net.WebUtility.UrlDecode(text);
}
