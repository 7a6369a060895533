using System.Buffers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage;

/// <summary>The context of an enrolment as JSON, written and read by hand: every step of every enrolment passes here.</summary>
internal static class ContextText
{
    private static readonly Dictionary<string, SplitPlace> NoSplits = [];

    public static string Write(EnrolmentContext context)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("event"u8);
            writer.WriteRawValue(StoredForms.ToText(context.Event));
            if (context.Answer is { } answer)
            {
                writer.WritePropertyName("answer"u8);
                writer.WriteRawValue(StoredForms.ToText(answer));
            }

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
        }

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
        Trail = stored.TryGetProperty("trail"u8, out var trail) ? [.. trail.EnumerateArray().Select(ReadTrace)] : [],
    };

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
    private static void WriteTrail(Utf8JsonWriter writer, IReadOnlyList<Trace> trail)
    {
        if (trail.Count == 0)
            return;
        writer.WriteStartArray("trail"u8);
        foreach (var trace in trail)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(trace.Step);
            writer.WriteNumberValue(StoredForms.ToStored(trace.At));
            writer.WriteStringValue(trace.Did);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Trace ReadTrace(JsonElement trace) =>
        new(trace[0].GetString() ?? "", StoredForms.ToTime(trace[1].GetInt64()), trace[2].GetString() ?? "");
}
