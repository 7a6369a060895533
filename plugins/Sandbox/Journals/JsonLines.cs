using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>Records as lines of JSON that a person can read, whatever the script.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // The lines are never put into a page, so nothing but what JSON asks for needs escaping.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A record as one line.</summary>
    public static byte[] Write<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Options);

    /// <summary>A record from its line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line.Span, Options) ?? throw new FormatException("The line is empty.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("The line is not what was written: " + fault.Message, fault);
        }
    }

    /// <summary>A value as string, long, double, boolean or null; anything deeper as its JSON text.</summary>
    public static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        _ => value.GetRawText(),
    };
}
