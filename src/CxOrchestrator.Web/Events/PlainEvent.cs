using System.Runtime.InteropServices;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// Reads a structured event with which nothing is wrong, as nearly all are, without taking notes for the report of faults that there isn't. What it doesn't
/// take (also for being unusual) is for <see cref="CloudEventJson"/> and <see cref="CloudEventCheck"/>, which take it or tell all that is wrong.
/// </summary>
internal static class PlainEvent
{
    /// <summary>Whether the texts of a body can all be kept: only escapes can hold what isn't Unicode, or a NUL.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> body) => body.IndexOf("\\u"u8) < 0;

    /// <summary>The event, or null where something is wrong or unusual.</summary>
    public static IncomingEvent? Read(JsonElement root, string source)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        string? id = null, type = null, subject = null;
        DateTimeOffset? time = null;
        var data = Json.EmptyObject;
        var (hasVersion, hasSource) = (false, false);
        foreach (var member in root.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            // A name may be written with escapes.
            if (name.Contains((byte)'\\'))
                return null;
            if (name.SequenceEqual("id"u8))
                id = TextOf(member.Value);
            else if (name.SequenceEqual("type"u8))
                type = TextOf(member.Value);
            else if (name.SequenceEqual("subject"u8))
                subject = TextOf(member.Value);
            else if (name.SequenceEqual("source"u8))
                hasSource = IsText(member.Value, source);
            else if (name.SequenceEqual("specversion"u8))
                hasVersion = IsText(member.Value, "1.0");
            else if (name.SequenceEqual("time"u8) && !TryTime(member.Value, out time))
                return null;
            else if (name.SequenceEqual("datacontenttype"u8) && !IsText(member.Value, "application/json"))
                return null;
            else if (name.SequenceEqual("data_base64"u8) || (name.SequenceEqual("data"u8) && (data = member.Value).ValueKind != JsonValueKind.Object))
                return null;
        }

        return hasVersion && hasSource && id is not null && type is not null && subject is not null
            ? new IncomingEvent(source, id, type, subject, time, data)
            : null;
    }

    // Not missing, empty, too long or with control characters: what CloudEventCheck asks for.
    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= CloudEventCheck.LongestName } text && !text.AsSpan().IsWhiteSpace()
        && !CloudEventCheck.HasControl(text)
            ? text
            : null;

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    // The usual form, 2026-03-02T12:00:00Z with or without a fraction.
    private static bool TryTime(JsonElement value, out DateTimeOffset? time)
    {
        time = null;
        if (value.ValueKind != JsonValueKind.String || JsonMarshal.GetRawUtf8Value(value) is not { Length: >= 22 and <= 30 } quoted)
            return false;
        var text = quoted[1..^1];
        if (text[^1] != 'Z' || text[10] != 'T' || (text.Length > 20 && (text[19] != '.' || text.Length < 22)) || !value.TryGetDateTimeOffset(out var read))
            return false;
        time = read;
        return true;
    }
}
