using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// Checks a CloudEvent and makes an incoming event of it. Beyond CloudEvents 1.0, <c>subject</c> is required (the customer's id at the source), and
/// <c>source</c> must be the name that belongs to the key: source and id together say what is one event, and the source is also where the
/// customer's id counts. Extension attributes are taken and not kept.
/// </summary>
internal static class CloudEventCheck
{
    /// <summary>Most characters of an id, a type or a subject.</summary>
    public const int LongestName = 200;

    /// <summary>
    /// The event; one without a type, id and subject where there are faults, which no intake stores, so that the faults of the others of a batch are
    /// found in the same call.
    /// </summary>
    public static IncomingEvent Check(CloudEventDraft draft, string source)
    {
        if (draft.Faults.Any(fault => fault.Field.Length == 0 || fault.Field[0] == '$'))
            return Refused(source);
        CheckVersion(draft);
        CheckSource(draft, source);
        var id = Required(draft, "id", "send an id that is unique at the source and the same for every try");
        var type = Required(draft, "type", "send the type of event, such as order.delivered");
        var subject = Required(draft, "subject", "send the customer's id at the source");
        var time = TimeOf(draft);
        var data = DataOf(draft);
        return draft.Faults.Count > 0 ? Refused(source) : new IncomingEvent(source, id, type, subject, time, data);
    }

    /// <summary>Whether a text has control characters, as <see cref="char.IsControl(char)"/> has it.</summary>
    public static bool HasControl(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\0', '\u001F') >= 0 || text.IndexOfAnyInRange('\u007F', '\u009F') >= 0;

    private static IncomingEvent Refused(string source) => new(source, "", "", "", null, Json.EmptyObject);

    private static void CheckVersion(CloudEventDraft draft)
    {
        if (!draft.Has("specversion"))
            draft.Fault("specversion", "is missing", "send specversion 1.0");
        else if (draft["specversion"] is { } version && version != "1.0")
            draft.Fault("specversion", $"is '{Shown(version)}'", "send events of specversion 1.0");
    }

    private static void CheckSource(CloudEventDraft draft, string source)
    {
        if (!draft.Has("source"))
            draft.Fault("source", "is missing", $"send source '{source}', the name that belongs to this key");
        else if (draft["source"] is { } given && given != source)
            draft.Fault("source", $"is '{Shown(given)}'", $"send source '{source}', the name that belongs to this key");
    }

    private static string Required(CloudEventDraft draft, string name, string whatToDo)
    {
        var value = draft[name] ?? "";
        if (!draft.Has(name))
            draft.Fault(name, "is missing", whatToDo);
        else if (draft[name] is not null && string.IsNullOrWhiteSpace(value))
            draft.Fault(name, "is empty", whatToDo);
        else if (value.Length > LongestName)
            draft.Fault(name, $"has {value.Length} characters", $"send at most {LongestName}");
        else if (HasControl(value))
            draft.Fault(name, "has control characters", "leave them out");
        return value;
    }

    private static DateTimeOffset? TimeOf(CloudEventDraft draft)
    {
        if (draft["time"] is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var time))
            return time;
        draft.Fault("time", $"is '{Shown(text)}'", "send a time as RFC 3339 writes it, such as 2026-03-02T12:00:00Z, or none for now");
        return null;
    }

    private static JsonElement DataOf(CloudEventDraft draft)
    {
        if (draft["datacontenttype"] is { } type && !MediaTypes.IsJson(type))
            draft.Fault("datacontenttype", $"is '{Shown(type)}'", "send JSON, or leave datacontenttype out");
        if (draft.Data is not { } data || data.ValueKind == JsonValueKind.Null)
            return Json.EmptyObject;
        if (data.ValueKind != JsonValueKind.Object)
            draft.Fault("data", "is not a JSON object", "send an object, such as { \"total\": 20 }, or no data");
        else if (JsonStrings.FirstBad(data, "data") is { } bad)
            draft.Fault(bad, "holds text that is not valid Unicode, or a NUL", "send valid Unicode without U+0000");
        return data;
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
