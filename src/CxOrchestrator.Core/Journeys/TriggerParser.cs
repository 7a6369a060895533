using System.Globalization;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Reads what begins a journey.</summary>
internal sealed class TriggerParser(JourneyValues values)
{
    private static readonly string[] Kinds = [.. TriggerShapes.All.Select(TriggerShapes.KindOf)];

    /// <summary>The trigger, or null with faults.</summary>
    public Trigger? Parse(YamlNode? node)
    {
        if (node is null)
            return null;
        var shape = ShapeOf(node);
        if (shape is null || MapReader.Open(node, shape, values.Faults) is not { } map)
            return null;
        return TriggerShapes.KindOf(shape) switch
        {
            "cron" => Schedule(map),
            "date" => Date(map),
            "changed" => Changed(map),
            "enters" => values.Text(map["enters"]) is { } segment ? new SegmentTrigger(segment, false, values.Flag(map["already"]) ?? false, values.Condition(map["when"])) : null,
            "leaves" => values.Text(map["leaves"]) is { } segment ? new SegmentTrigger(segment, true, false, values.Condition(map["when"])) : null,
            "answer" => values.Named(map["answer"], ReferenceKind.Survey) is { } survey ? new AnswerTrigger(survey, values.Condition(map["when"])) : null,
            "silence" => Silence(map),
            _ => Event(map),
        };
    }

    /// <summary>The re-entry rule where the author gives none: a date and a silence each tell what they tell once.</summary>
    public static Reentry Again(Trigger? trigger) => trigger is DateTrigger or SilenceTrigger ? new Reentry.Always() : new Reentry.Once();

    private Shape? ShapeOf(YamlNode node)
    {
        if (node is not YamlMap map)
            return TriggerShapes.Event;
        var found = TriggerShapes.All.Where(shape => map.Entries.Any(entry => entry.Key.Value == TriggerShapes.KindOf(shape))).ToList();
        if (found.Count == 1)
            return found[0];
        if (found.Count > 1)
        {
            values.Faults.Add(node, $"One thing begins a journey; here stand {string.Join(" and ", found.Select(shape => $"'{TriggerShapes.KindOf(shape)}'"))}. Write a journey for each.");
            return null;
        }

        // Keys that belong to one kind alone, or nearly its name, say which was meant.
        if (map.Entries.Select(entry => Content.Nearest.Of(entry.Key.Value, Kinds)).OfType<string>().FirstOrDefault() is { } near)
            return TriggerShapes.All.First(shape => TriggerShapes.KindOf(shape) == near);
        if (map.Entries.Count == 0 || map.Entries.Any(entry => TriggerShapes.Event.Names.Contains(entry.Key.Value, StringComparer.Ordinal)))
            return TriggerShapes.Event;
        values.Faults.Add(node, $"What begins the journey? Write one of {string.Join(", ", Kinds)}, then a colon.");
        return null;
    }

    private EventTrigger? Event(MapReader map)
    {
        var on = values.Listened(map["on"], ReferenceKind.TriggerType);
        var when = values.RuleCondition(map, on);
        var within = values.Duration(map["within"]);
        return on is null ? null : new EventTrigger(on, when, within);
    }

    private ScheduleTrigger? Schedule(MapReader map)
    {
        var cron = values.Referred(map["cron"], ReferenceKind.Cron, values.Text(map["cron"]));
        var zone = values.Text(map["zone"]);
        if (zone is not null && !Zones.IsKnown(zone))
            values.Faults.Add(map["zone"]!, $"'{zone}' is no known time zone.{Content.Nearest.Hint(zone, Zones.All)} Write an IANA name such as Asia/Bangkok.");
        var segment = values.Text(map["segment"]);
        var when = values.Condition(map["when"]);
        return cron is null || zone is null ? null : new ScheduleTrigger(cron, Zones.Find(zone).Id, segment, when);
    }

    private DateTrigger? Date(MapReader map)
    {
        var field = values.Field(map["date"]);
        var (before, after) = (values.Shift(map["before"]), values.Shift(map["after"]));
        if (map["before"] is not null && map["after"] is { } both)
            values.Faults.Add(both, "A day lies before the date or after it: remove 'before' or 'after'.");
        var at = values.Time(map["at"]) ?? DateTrigger.Morning;
        var yearly = values.Flag(map["yearly"]) ?? false;
        var when = values.Condition(map["when"]);
        var within = values.Duration(map["within"]);
        return field is null ? null : new DateTrigger(field, before?.Back() ?? after ?? DateShift.None, at, yearly, when, within);
    }

    private ChangeTrigger? Changed(MapReader map)
    {
        var field = values.Field(map["changed"]);
        var rules = new List<string>();
        foreach (var side in (string[])["from", "to"])
        {
            if (values.Text(map[side]) is { } value)
                rules.Add($"event.data.{side} == {Literal((YamlScalar)map[side]!, value)}");
        }

        var when = values.Both(rules, values.Condition(map["when"]));
        return field is null ? null : new ChangeTrigger(field, when);
    }

    private SilenceTrigger? Silence(MapReader map)
    {
        var of = values.Listened(map["silence"], ReferenceKind.ListensTo);
        var length = values.Timing(map["for"]);
        var (known, already) = (values.Flag(map["sinceKnown"]) ?? false, values.Flag(map["already"]) ?? false);
        var when = values.Condition(map["when"]);
        return of is null || length is null ? null : new SilenceTrigger(of, length, known, already, when);
    }

    // As YAML has it: a bare number or truth is one, everything else is a text.
    private static string Literal(YamlScalar scalar, string value)
    {
        if (scalar.Style == YamlStyle.Plain
            && (value is "true" or "false" || decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
        {
            return value;
        }

        return $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
