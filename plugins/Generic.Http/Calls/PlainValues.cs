using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxOrchestrator.Plugins.GenericHttp.Calls;

/// <summary>JSON as the plain values that templates know, and back.</summary>
internal static class PlainValues
{
    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().DistinctBy(member => member.Name)
            .ToDictionary(member => member.Name, member => Of(member.Value), StringComparer.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => Text(json),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.TryGetDecimal(out var exact) ? exact : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // Half of a character outside the basic plane is no text; JSON may carry one all the same, and one record must not stop a feed.
    private static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        DateTimeOffset time => JsonValue.Create(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture)),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(ToJson)]),
        IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
        var other => JsonValue.Create(other.ToString()),
    };
}
