using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Import;

/// <summary>Makes events out of the rows of a table.</summary>
internal sealed class EventRows(string source, ColumnMapping mapping, SubjectLookup? lookup, TimeZoneInfo zone)
{
    private const string Data = "data.";

    /// <summary>The fields, for hints.</summary>
    public static readonly IReadOnlyList<string> Fields = ["id", "type", "subject", "time", "data.NAME"];

    /// <summary>Whether a field may be mapped.</summary>
    public static bool IsField(string field) =>
        field is "id" or "type" or "subject" or "time" || (field.StartsWith(Data, StringComparison.Ordinal) && field.Length > Data.Length);

    /// <summary>The event of a row, or null with what is wrong, all at once. What the intake checks is left to it.</summary>
    public IncomingEvent? Read(ImportRow row, out string fault)
    {
        var faults = new List<string>();
        var subject = mapping.Value("subject", row, faults);
        if (lookup is not null && subject.Length > 0)
        {
            subject = lookup.Find(subject, out var missing) ?? "";
            if (missing is not null)
                faults.Add($"subject: {missing}");
        }

        var text = mapping.Value("time", row, faults);
        var time = default(DateTimeOffset);
        if (text.Length == 0)
            faults.Add("time is empty: leave such rows out, or map a column that has it");
        else if (!TimeText.TryParse(text, zone, out time))
            faults.Add($"time '{text}' can't be read: write it as 2026-03-02T12:00:00Z or 2026-03-02 12:00:00");

        var data = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in mapping.Fields.Where(field => field.StartsWith(Data, StringComparison.Ordinal)))
        {
            if (ValueText.Read(mapping.Value(field, row, faults)) is { } value)
                data[field[Data.Length..]] = value;
        }

        var incoming = new IncomingEvent(
            source, mapping.Value("id", row, faults), mapping.Value("type", row, faults), subject, time, JsonSerializer.SerializeToElement(data));
        fault = string.Join("; ", faults);
        return faults.Count == 0 ? incoming : null;
    }

    /// <summary>The event of a line of NDJSON: a CloudEvent in structured form, of which the source may be missing.</summary>
    public static IncomingEvent? Read(string line, string source, TimeZoneInfo zone, out string fault)
    {
        fault = "";
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                fault = "the line is not a JSON object: write one CloudEvent a line";
                return null;
            }

            var text = Text("time");
            if (text.Length == 0)
                fault = "time is missing: add when it happened, such as \"time\":\"2026-03-02T12:00:00Z\"";
            if (!TimeText.TryParse(text, zone, out var time) && fault.Length == 0)
                fault = $"time '{text}' can't be read: write it as 2026-03-02T12:00:00Z";
            var data = root.TryGetProperty("data", out var given) ? given.Clone() : Json.EmptyObject;
            return fault.Length > 0
                ? null
                : new IncomingEvent(Text("source") is { Length: > 0 } own ? own : source, Text("id"), Text("type"), Text("subject"), time, data);

            string Text(string name) =>
                root.TryGetProperty(name, out var member) ? (member.ValueKind == JsonValueKind.String ? member.GetString()! : member.GetRawText()).Trim() : "";
        }
        catch (JsonException error)
        {
            // The reader's message ends with the place once more, with lines counted from 0 within this one.
            fault = $"byte {(error.BytePositionInLine ?? 0) + 1} is not JSON: {error.Message.Split(" LineNumber:")[0].Split(" Path:")[0]} Write one CloudEvent a line.";
            return null;
        }
    }
}
