using System.Runtime.InteropServices;
using System.Text.Json;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Intake;

/// <summary>Checks incoming events: all faults of one at once, each with what to do.</summary>
internal static class EventCheck
{
    public const int LongestSource = 100;
    public const int LongestSourceId = 200;
    public const int LongestType = 100;
    public const int LongestSubject = 200;
    public const int LargestData = 262_144;

    // Clocks of other machines go wrong by minutes, and zones are mixed up by hours; more than a day is neither.
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(1);

    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a type is known: to the settings and the journeys, or, of a connection, as a fact that services tell.</summary>
    public static bool IsKnown(IncomingEvent incoming, IReadOnlySet<string> knownTypes) =>
        incoming.Type is { } type && (knownTypes.Contains(type) || (incoming.FromConnection && EventTypes.ToldByServices.Contains(type)));

    /// <summary>What is wrong; empty where nothing is.</summary>
    public static string Faults(IncomingEvent incoming, IReadOnlySet<string> knownTypes, DateTimeOffset now)
    {
        var faults = default(List<string>);
        Text("source", incoming.Source, LongestSource);
        Text("id", incoming.SourceId, LongestSourceId);
        Text("subject", incoming.Subject, LongestSubject);
        if (string.Equals(incoming.Source, EventTypes.OwnSource, StringComparison.OrdinalIgnoreCase))
            Fault($"source '{EventTypes.OwnSource}' is kept for our own events: name the system that tells the event");
        if (Text("type", incoming.Type, LongestType) && !IsKnown(incoming, knownTypes))
            Fault(UnknownType(incoming.Type, knownTypes));
        if (incoming.Time > now + FurthestAhead)
            Fault($"time {incoming.Time:O} is more than a day ahead of now ({now:O}): send the time at which it happened");
        if (incoming.Time < Earliest)
            Fault($"time {incoming.Time:O} is before 1970: send the time at which it happened");
        Data(incoming.Data);
        return faults is null ? "" : string.Join("; ", faults);

        void Fault(string fault) => (faults ??= []).Add(fault);

        bool Text(string field, string? value, int longest)
        {
            if (string.IsNullOrWhiteSpace(value))
                Fault($"{field} is missing: send a text of 1 to {longest} characters");
            else if (value.Length > longest)
                Fault($"{field} has {value.Length} characters: at most {longest} are taken");
            else if (HasControl(value))
                Fault($"{field} has control characters: remove them");
            else
                return true;
            return false;
        }

        void Data(JsonElement data)
        {
            if (data.ValueKind == JsonValueKind.Undefined)
                return;
            if (data.ValueKind != JsonValueKind.Object)
                Fault($"data is of kind {data.ValueKind}: send a JSON object, or nothing where there is nothing to say");
            else if (JsonMarshal.GetRawUtf8Value(data).Length is > LargestData and var size)
                Fault($"data has {size} bytes: at most {LargestData} are taken");
        }
    }

    // As char.IsControl has it, a text at a time.
    private static bool HasControl(string value) => value.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || value.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') >= 0;

    private static string UnknownType(string type, IReadOnlySet<string> known) =>
        Nearest.Of(type, known) is { } near
            ? $"type '{type}' is not known: did you mean '{near}'? (New types are named in the setting Events:Types)"
            : $"type '{type}' is not known: no published journey names it; add it to the setting Events:Types to take it all the same";
}
