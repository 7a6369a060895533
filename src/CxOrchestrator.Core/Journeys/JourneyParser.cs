using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Reads a journey's file and compiles it to the flat form that the engine walks.</summary>
public sealed class JourneyParser
{
    private readonly Faults _faults;
    private readonly JourneyValues _values;

    private JourneyParser(Faults faults)
    {
        _faults = faults;
        _values = new JourneyValues(faults);
    }

    /// <summary>Parses a journey. Never throws on any text; tells all faults at once.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for faults.</param>
    /// <param name="version">The published version; 0 where it isn't published.</param>
    public static JourneyParse Parse(string text, string file, int version = 0)
    {
        var faults = new Faults(file);
        var parser = new JourneyParser(faults);
        var (key, journey) = YamlText.Parse(text, faults) is { } root ? parser.Read(root, version) : (null, null);
        return new JourneyParse(file, key, faults.Any ? null : journey, faults.All, parser._values.References);
    }

    private (string? Key, Journey? Journey) Read(YamlNode root, int version)
    {
        if (MapReader.Open(root, JourneyShapes.Journey, _faults) is not { } map)
            return (null, null);
        var key = _values.Name(map["journey"]);
        var purpose = _values.Word<Purpose>(map["purpose"]);
        var touchpoint = _values.Name(map["touchpoint"]) ?? "";
        var priority = map["priority"] is { } level ? _values.Number(level, Priority.Lowest, Priority.Highest) : Priority.Normal;
        _values.Calendar = _values.Named(map["calendar"], ReferenceKind.Calendar) is { } named && named != BusinessCalendar.Company ? named : null;
        var sendIn = _values.SendHours(map["sendIn"]);
        var trigger = new TriggerParser(_values).Parse(map["trigger"]);
        var reentry = map["reentry"] is { } again ? Reentry(again) : TriggerParser.Again(trigger);
        if (trigger is DateTrigger { Yearly: true } && reentry is Reentry.Once)
            _faults.Warn(map["reentry"]!.Line, map["reentry"]!.Column, "The day comes every year, and the journey begins in the first one alone. Remove 'reentry', or remove 'yearly'.");
        var starts = _values.Day(map["starts"]);
        var ends = _values.Day(map["ends"]);
        if (ends < starts)
            _faults.Add(map["ends"]!, $"The journey would end before it starts ({starts:yyyy-MM-dd}). Change one of the two.");
        var exits = map["exit"] is { } list ? Rules(list) : [];
        var goal = map["goal"] is { } node ? Rule(node) : null;
        var splits = new SplitParser(_values);
        var steps = map["steps"] is { } stepList ? new StepParser(_values, splits, sendIn?.Calendar).Parse(stepList) : null;
        if (steps is not null)
            splits.CheckMetrics(map["goal"] is not null, steps);
        var moves = MoveParser.Parse(_values, map["moves"], steps);
        if (_faults.Any || key is null || purpose is null || trigger is null || reentry is null || steps is null)
            return (key, null);
        return (key, new Journey
        {
            Key = key,
            Version = version,
            Purpose = purpose.Value,
            Touchpoint = touchpoint,
            Priority = priority ?? Priority.Normal,
            Calendar = _values.Calendar,
            Calendars = [.. _values.References.Where(one => one.Kind == ReferenceKind.Calendar).Select(one => one.Name).Where(name => name != BusinessCalendar.Company).Distinct()],
            Trigger = trigger,
            Reentry = reentry,
            Starts = starts,
            Ends = ends,
            Exits = exits,
            Goal = goal,
            Steps = steps,
            Moves = moves,
        });
    }

    private Reentry? Reentry(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { Value: "once" }:
                return new Reentry.Once();
            case YamlScalar { Value: "always" }:
                return new Reentry.Always();
            case YamlMap { Entries.Count: 1 }:
                break;
            default:
                _faults.Add(node, $"Here stands {MapReader.Kind(node)}, where a re-entry rule belongs: once, always, {{ every: 90d }} or {{ per: event.data.order_id }}.");
                return null;
        }

        if (MapReader.Open(node, JourneyShapes.Reentry, _faults) is not { } reader)
            return null;
        if (_values.Duration(reader["every"]) is { } pause)
            return new Reentry.Every(pause);
        return _values.Condition(reader["per"]) is { } value ? new Reentry.Per(value) : null;
    }

    private List<EventRule> Rules(YamlNode list) => [.. _values.Items(list, "rule").Select(Rule).OfType<EventRule>()];

    private EventRule? Rule(YamlNode node)
    {
        if (MapReader.Open(node, JourneyShapes.Rule, _faults) is not { } reader)
            return null;
        var on = _values.Listened(reader["on"], ReferenceKind.ListensTo);
        var when = _values.RuleCondition(reader, on);
        return on is null ? null : new EventRule(on, when);
    }
}
