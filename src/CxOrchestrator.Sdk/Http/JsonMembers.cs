using System.Globalization;
using System.Text.Json;

namespace CxOrchestrator.Sdk.Http;

/// <summary>Reads members of JSON answers that may lack them, or have them in another form: what isn't as expected is null, never an exception.</summary>
public static class JsonMembers
{
    /// <summary>A member, or null where it is missing or null.</summary>
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A text, or a number as text; null where it is neither.</summary>
    public static string? Text(this JsonElement json, string name) => json.Find(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A whole number; null where it is none.</summary>
    public static long? Number(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>A time in ISO 8601; null where it is none.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        json.Text(name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>The elements of a list; none where it is missing.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
