using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage;

/// <summary>
/// The context of an enrolment as JSON, written and read by hand: every step of every enrolment passes here. What came from the store goes back as the bytes
/// that it was.
/// </summary>
internal static class ContextText
{
    private static readonly Dictionary<string, SplitPlace> NoSplits = [];

    // Nobody reads it but a reader of JSON: what is escaped for other readers' sake (quotes, comparisons, other scripts) would take up to six times its place.
    private static readonly JsonWriterOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The whole context.</summary>
    public static string Write(EnrolmentContext context) => Written(context, WriteTrail);

    /// <summary>The context with the last trace alone, for a store that keeps the others apart.</summary>
    public static string WriteEnd(EnrolmentContext context) => Written(context, WriteLast);

    /// <summary>All traces but the last, as far as the store hasn't them apart already: a line each, the newest first.</summary>
    public static string WriteEarlier(EnrolmentContext context)
    {
        var trail = Trail.Of(context.Trail);
        var stored = trail.Stored is { } kept ? kept.GetArrayLength() : 0;
        if (trail.Added.Count + stored <= 1)
            return "";
        var (buffer, writer) = Emptied();
        for (var at = trail.Added.Count - 2; at >= 0; at--)
            WriteLine(trail.Added[at], null);
        for (var at = stored - (trail.Added.Count > 0 ? 1 : 2); at >= 0; at--)
            WriteLine(null, trail.Stored!.Value[at]);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);

        void WriteLine(Trace? trace, JsonElement? raw)
        {
            writer.Reset(buffer);
            if (raw is { } element)
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
            else
                Write(writer, trace!);
            writer.Flush();
            buffer.Write("\n"u8);
        }
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Emptied()
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4_096);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Short);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        return (buffer, writer);
    }

    private static string Written(EnrolmentContext context, Action<Utf8JsonWriter, Trail> writeTrail)
    {
        var (buffer, writer) = Emptied();
        writer.WriteStartObject();
        WriteRaw(writer, "event"u8, context.Event);
        if (context.Answer is { } answer)
            WriteRaw(writer, "answer"u8, answer);
        if (context.Heard is { } heard)
            writer.WriteString("heard"u8, heard);
        writer.WriteStartObject("visits"u8);
        foreach (var (step, visits) in context.Visits)
            writer.WriteNumber(step, visits);
        writer.WriteEndObject();
        writer.WriteStartObject("deliveries"u8);
        foreach (var (step, delivery) in context.Deliveries)
            writer.WriteString(step, delivery);
        writer.WriteEndObject();
        WriteSplits(writer, context.Splits);
        var trail = Trail.Of(context.Trail);
        if (trail.Count > 0)
            writeTrail(writer, trail);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A context that is stored as a whole.</summary>
    public static EnrolmentContext Read(JsonElement stored) =>
        Read(stored, stored.TryGetProperty("trail"u8, out var trail) ? new Trail(trail) : Trail.None);

    /// <summary>A context whose traces but the last are stored apart.</summary>
    /// <param name="stored">The context.</param>
    /// <param name="earlier">What is stored apart; null where it wasn't read.</param>
    public static EnrolmentContext ReadEnd(JsonElement stored, string? earlier) =>
        Read(stored, Trail.EndOf(stored.TryGetProperty("trail"u8, out var trail) ? trail : null, Earlier(earlier)));

    private static List<Trace> Earlier(string? lines) => string.IsNullOrEmpty(lines) ? []
        : [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(line => Trail.Read(StoredForms.ToJson(line)))];

    private static EnrolmentContext Read(JsonElement stored, Trail trail) => new()
    {
        Event = stored.GetProperty("event"u8),
        Answer = stored.TryGetProperty("answer"u8, out var answer) ? answer : null,
        Heard = stored.TryGetProperty("heard"u8, out var heard) ? heard.GetGuid() : null,
        Visits = stored.GetProperty("visits"u8).EnumerateObject().ToDictionary(step => step.Name, step => step.Value.GetInt32()),
        Deliveries = stored.GetProperty("deliveries"u8).EnumerateObject().ToDictionary(step => step.Name, step => step.Value.GetGuid()),
        Splits = stored.TryGetProperty("splits"u8, out var splits) ? splits.EnumerateObject().ToDictionary(split => split.Name, ReadPlace) : NoSplits,
        Trail = trail,
    };

    // The bytes are those of a value that was parsed: they need no second look.
    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined)
            writer.WriteRawValue("{}"u8, skipInputValidation: true);
        else
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    // A list each: variant, bucket.
    private static void WriteSplits(Utf8JsonWriter writer, IReadOnlyDictionary<string, SplitPlace> splits)
    {
        if (splits.Count == 0)
            return;
        writer.WriteStartObject("splits"u8);
        foreach (var (split, place) in splits)
        {
            writer.WriteStartArray(split);
            writer.WriteStringValue(place.Variant);
            writer.WriteNumberValue(place.Bucket);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static SplitPlace ReadPlace(JsonProperty split) => new(split.Value[0].GetString() ?? "", split.Value[1].GetInt32());

    private static void WriteTrail(Utf8JsonWriter writer, Trail trail)
    {
        writer.WriteStartArray("trail"u8);
        var raw = trail is { IsEnd: false, Stored: not null };
        // The members of the list as they stand between its brackets.
        if (raw && trail.Stored!.Value.GetArrayLength() > 0)
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(trail.Stored.Value)[1..^1], skipInputValidation: true);
        foreach (var trace in raw ? trail.Added : trail)
            Write(writer, trace);
        writer.WriteEndArray();
    }

    private static void WriteLast(Utf8JsonWriter writer, Trail trail)
    {
        writer.WriteStartArray("trail"u8);
        if (trail.Added is [.., var last])
            Write(writer, last);
        else if (trail.Stored is { } stored && stored.GetArrayLength() is > 0 and var length)
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(stored[length - 1]), skipInputValidation: true);
        writer.WriteEndArray();
    }

    // A list: step, time, words.
    private static void Write(Utf8JsonWriter writer, Trace trace)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(trace.Step);
        writer.WriteNumberValue(StoredForms.ToStored(trace.At));
        writer.WriteStringValue(trace.Did);
        writer.WriteEndArray();
    }
}
