using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary><c>object.to_json</c> and <c>object.from_json</c>.</summary>
internal static class JsonText
{
    private const int Deepest = 64;

    /// <summary>Bytes that a character takes at most, as <c>\u00e9</c>.</summary>
    private const int Escaped = 6;

    /// <summary>A value as JSON, safe inside HTML.</summary>
    public static string Write(RenderContext context, object? value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes)) Write(context, writer, value, 0);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The value of a JSON text.</summary>
    /// <exception cref="ArgumentFault">It isn't JSON.</exception>
    public static object? Read(RenderContext context, in CallArguments arguments)
    {
        var text = arguments.Text(context, 0);
        if (string.IsNullOrEmpty(text)) return null;
        context.Charge(4L * text.Length);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            return Value(context, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two are for half a character, in the text or written as \ud83d.
            throw new ArgumentFault(0, $"This isn't JSON: {e.Message}");
        }
    }

    private static void Write(RenderContext context, Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > Math.Min(Deepest, context.Options.ObjectDepthLimit is > 0 and var limit ? limit : Deepest))
            throw new ArgumentFault(0, $"The value is nested deeper than the limit of {context.Options.ObjectDepthLimit}, or within itself.");
        CheckFits(context, writer, "");
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, member) in context.Seen(map))
                {
                    CheckFits(context, writer, name);
                    writer.WritePropertyName(name);
                    Write(context, writer, member, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var item in context.Seen(list)) Write(context, writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                WriteSingle(context, writer, value);
                break;
        }
    }

    /// <summary>Escaped, a text may be six times as long: that is asked before room is made for it.</summary>
    private static void CheckFits(RenderContext context, Utf8JsonWriter writer, string text)
    {
        var limit = context.Options.OutputLimit;
        var length = writer.BytesCommitted + writer.BytesPending;
        if (limit <= 0 || length + ((long)Escaped * text.Length) <= limit) return;
        foreach (var c in text) length += c is ' ' or '\n' || char.IsAsciiLetterOrDigit(c) || ".,:;/-_=()[]{}!?*%#@|~^$".Contains(c) ? 1 : Escaped;
        if (length > limit) throw new ArgumentFault(0, $"The JSON is longer than the limit of {limit} characters.");
    }

    private static void WriteSingle(RenderContext context, Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or EmptyValue:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case DateTime date:
                writer.WriteStringValue(date);
                break;
            case DateTimeOffset date:
                writer.WriteStringValue(date);
                break;
            case decimal exact:
                writer.WriteNumberValue(exact);
                break;
            case BigInteger big:
                writer.WriteRawValue(big.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double or float when double.IsFinite(Numbers.ToDouble(value)):
                if (value is float single) writer.WriteNumberValue(single);
                else writer.WriteNumberValue((double)value);
                break;
            default:
                if (Numbers.Rank(value) is NumberRank.Int or NumberRank.Long) writer.WriteNumberValue(Numbers.ToLong(value!));
                else WriteText(context, writer, ValueText.Of(context, value));
                break;
        }
    }

    private static void WriteText(RenderContext context, Utf8JsonWriter writer, string text)
    {
        CheckFits(context, writer, text);
        writer.WriteStringValue(text);
    }

    private static object? Value(RenderContext context, JsonElement element)
    {
        context.Charge(16);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new ScriptMap();
                foreach (var property in element.EnumerateObject()) map.Set(property.Name, Value(context, property.Value));
                return map;
            case JsonValueKind.Array:
                return new ScriptList(element.EnumerateArray().Select(item => Value(context, item)));
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? Box.Number(whole) : element.GetDouble();
            case JsonValueKind.True:
                return Box.True;
            case JsonValueKind.False:
                return Box.False;
            default:
                return null;
        }
    }
}
