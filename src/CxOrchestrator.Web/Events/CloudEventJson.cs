using System.Text.Json;

namespace CxOrchestrator.Web.Events;

/// <summary>Reads CloudEvents in the JSON event format and the JSON batch format (CloudEvents 1.0.2).</summary>
internal static class CloudEventJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads JSON text; a name twice in one object is a fault, since nobody knows which is meant.</summary>
    /// <exception cref="JsonException">It is not JSON; with line and position.</exception>
    /// <exception cref="InvalidDataException">A name is not valid Unicode.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        // RFC 8259, 8.1: a byte order mark may be ignored.
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            return JsonElement.Parse(utf8.Span, Options);
        }
        catch (InvalidOperationException)
        {
            // Looking for names that come twice, the reader meets those that are half a surrogate pair.
            throw new InvalidDataException("A name in the body is not valid Unicode. Send valid Unicode.");
        }
    }

    /// <summary>An event in the JSON format.</summary>
    public static CloudEventDraft Read(JsonElement element)
    {
        var draft = new CloudEventDraft();
        if (element.ValueKind != JsonValueKind.Object)
        {
            draft.Fault("", $"is {Article(element.ValueKind)} where an event is expected", "send a JSON object with specversion, id, source, type and subject");
            return draft;
        }

        if (JsonStrings.FirstBad(element, "$") is { } bad)
        {
            draft.Fault(bad, "holds text that is not valid Unicode, or a NUL", "send valid Unicode without U+0000");
            return draft;
        }

        foreach (var member in element.EnumerateObject())
            ReadMember(draft, member);
        if (element.TryGetProperty("data"u8, out _) && element.TryGetProperty("data_base64"u8, out _))
            draft.Fault("data_base64", "comes beside data", "send one of the two");
        return draft;
    }

    private static void ReadMember(CloudEventDraft draft, JsonProperty member)
    {
        // A null attribute is one that isn't set (JSON format, 2.2).
        if (member.Value.ValueKind == JsonValueKind.Null)
            return;
        switch (member.Name)
        {
            case "data":
                draft.Data = member.Value;
                break;
            case "data_base64":
                ReadBase64(draft, member.Value);
                break;
            case "specversion" or "id" or "source" or "type" or "subject" or "time" or "datacontenttype":
                if (JsonStrings.TryGet(member.Value, out var text))
                    draft[member.Name] = text;
                else
                    draft.Fault(member.Name, $"is {Article(member.Value.ValueKind)} where text is expected", "send it as a JSON string of valid Unicode");
                break;
        }
    }

    private static void ReadBase64(CloudEventDraft draft, JsonElement value)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes))
            {
                draft.Data = Parse(bytes);
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            // Told below: what is in there isn't JSON.
        }

        draft.Fault("data_base64", "is not the base64 form of JSON", "send the data as a JSON object in data");
    }

    private static string Article(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text that is not valid Unicode",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
