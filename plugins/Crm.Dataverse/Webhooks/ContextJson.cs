using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.CrmDataverse.Webhooks;

/// <summary>Reads a RemoteExecutionContext: its collections are arrays of key and value, and its dates milliseconds in words.</summary>
internal static partial class ContextJson
{
    /// <summary>A collection's value by its key; null where it has none.</summary>
    public static JsonElement? In(JsonElement owner, string collection, string key)
    {
        if (!owner.TryGetProperty(collection, out var pairs) || pairs.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var pair in pairs.EnumerateArray())
        {
            if (pair.ValueKind == JsonValueKind.Object && Text(pair, "key") == key && pair.TryGetProperty("value", out var value))
                return value;
        }

        return null;
    }

    /// <summary>A member's text, or null.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member's number, or null.</summary>
    public static int? Number(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    /// <summary>A member's id; null where it has none, or the empty one.</summary>
    public static Guid? Id(JsonElement owner, string name) => Guid.TryParse(Text(owner, name), out var id) && id != Guid.Empty ? id : null;

    /// <summary>
    /// A date such as <c>/Date(1506384247000-0700)/</c>: milliseconds since 1970 in UTC; the offset says only how it would be shown.
    /// </summary>
    public static DateTimeOffset? Moment(string? text)
    {
        var match = DateForm().Match(text ?? "");
        // Beyond the calendar's ends is no date.
        return match.Success && long.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && Math.Abs(milliseconds) < 60_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    [GeneratedRegex(@"^\\?/Date\((-?\d{1,17})([+-]\d{4})?\)\\?/$")]
    private static partial Regex DateForm();
}
