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

    public static string Write(EnrolmentContext context)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4_096);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Short);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
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
        WriteTrail(writer, context.Trail);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static EnrolmentContext Read(JsonElement stored) => new()
    {
        Event = stored.GetProperty("event"u8),
        Answer = stored.TryGetProperty("answer"u8, out var answer) ? answer : null,
        Heard = stored.TryGetProperty("heard"u8, out var heard) ? heard.GetGuid() : null,
        Visits = stored.GetProperty("visits"u8).EnumerateObject().ToDictionary(step => step.Name, step => step.Value.GetInt32()),
        Deliveries = stored.GetProperty("deliveries"u8).EnumerateObject().ToDictionary(step => step.Name, step => step.Value.GetGuid()),
        Splits = stored.TryGetProperty("splits"u8, out var splits) ? splits.EnumerateObject().ToDictionary(split => split.Name, ReadPlace) : NoSplits,
        Trail = stored.TryGetProperty("trail"u8, out var trail) ? new Trail(trail) : [],
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

    // A list each: step, time, words.
    private static void WriteTrail(Utf8JsonWriter writer, IReadOnlyList<Trace> traces)
    {
        if (traces.Count == 0)
            return;
        writer.WriteStartArray("trail"u8);
        var trail = traces as Trail ?? new Trail(traces);
        // The members of the list as they stand between its brackets.
        if (trail.Stored is { } stored && stored.GetArrayLength() > 0)
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(stored)[1..^1], skipInputValidation: true);
        foreach (var trace in trail.Stored is null ? trail : trail.Added)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(trace.Step);
            writer.WriteNumberValue(StoredForms.ToStored(trace.At));
            writer.WriteStringValue(trace.Did);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
