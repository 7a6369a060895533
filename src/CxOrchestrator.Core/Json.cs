using System.Text.Json;

namespace CxOrchestrator.Core;

/// <summary>JSON values that are used everywhere.</summary>
public static class Json
{
    /// <summary>An object without members.</summary>
    public static JsonElement EmptyObject { get; } = Parse("{}");

    /// <summary>Parses text that is known to be JSON.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>
    /// The plain value that templates and conditions see: null, bool, long, double, string, list, map.
    /// </summary>
    public static object? ToPlain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToMap(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ToPlain).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The members of an object as plain values; empty for anything else.</summary>
    public static IReadOnlyDictionary<string, object?> ToMap(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().ToDictionary(member => member.Name, member => ToPlain(member.Value), StringComparer.Ordinal)
            : new Dictionary<string, object?>(StringComparer.Ordinal);
}
