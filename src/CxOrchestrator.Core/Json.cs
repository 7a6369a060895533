using System.Buffers;
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

    /// <summary>Plain values as a JSON object.</summary>
    public static JsonElement OfMap(IReadOnlyDictionary<string, object?> map)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in map)
            {
                writer.WritePropertyName(name);
                WritePlain(writer, value);
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The members of an object as plain values; empty for anything else.</summary>
    public static IReadOnlyDictionary<string, object?> ToMap(JsonElement element) => ToNewMap(element);

    /// <summary>The same as a map of the caller's own.</summary>
    /// <param name="element">The object.</param>
    /// <param name="room">How many members the caller will add.</param>
    public static Dictionary<string, object?> ToNewMap(JsonElement element, int room = 0)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new Dictionary<string, object?>(room, StringComparer.Ordinal);
        var map = new Dictionary<string, object?>(element.GetPropertyCount() + room, StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            map[member.Name] = ToPlain(member.Value);
        return map;
    }

    // What expressions nearly always give, without asking the serialiser what it is.
    private static void WritePlain(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                JsonSerializer.Serialize(writer, value);
                break;
        }
    }
}
