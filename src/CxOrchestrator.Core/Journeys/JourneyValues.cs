using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Reads the values of a journey's file and remembers what they name elsewhere.</summary>
internal sealed class JourneyValues(Faults faults)
{
    private readonly ValueReader _reader = new(faults);
    private readonly List<JourneyReference> _references = [];

    /// <summary>Where faults go.</summary>
    public Faults Faults => faults;

    /// <summary>What was named.</summary>
    public IReadOnlyList<JourneyReference> References => _references;

    /// <inheritdoc cref="ValueReader.Text"/>
    public string? Text(YamlNode? node) => _reader.Text(node);

    /// <inheritdoc cref="ValueReader.Name"/>
    public string? Name(YamlNode? node) => _reader.Name(node);

    /// <summary>The journey's calendar, in which everything is counted that names none; null for the company's.</summary>
    public string? Calendar { get; set; }

    /// <inheritdoc cref="ValueReader.Duration"/>
    public Duration? Duration(YamlNode? node)
    {
        var duration = _reader.Duration(node);
        Referred(node, ReferenceKind.Calendar, duration?.Calendar);
        return duration is { CountsBusiness: true, Calendar: null } ? duration with { Calendar = Calendar } : duration;
    }

    /// <inheritdoc cref="ValueReader.Timing"/>
    public Timing? Timing(YamlNode? node, ZoneOf zone = ZoneOf.Customer)
    {
        var timing = _reader.Timing(node, zone);
        Referred(node, ReferenceKind.Calendar, timing?.Calendar);
        return Calendar is null ? timing : timing?.CountedIn(Calendar);
    }

    /// <summary>When messages go: in the business hours of a calendar, or at any time.</summary>
    public SendHours? SendHours(YamlNode? node)
    {
        if (_reader.SendHours(node) is not { } hours)
            return null;
        Referred(node, ReferenceKind.Calendar, hours.Calendar);
        return hours.OfJourney ? hours with { Calendar = Calendar ?? BusinessCalendar.Company } : hours;
    }

    /// <inheritdoc cref="ValueReader.Flag"/>
    public bool? Flag(YamlNode? node) => _reader.Flag(node);

    /// <inheritdoc cref="ValueReader.Number"/>
    public int? Number(YamlNode? node, int least, int most) => _reader.Number(node, least, most);

    /// <inheritdoc cref="ValueReader.Day"/>
    public DateOnly? Day(YamlNode? node) => _reader.Day(node);

    /// <inheritdoc cref="ValueReader.Time"/>
    public TimeOnly? Time(YamlNode? node) => _reader.Time(node);

    /// <inheritdoc cref="ValueReader.Shift"/>
    public DateShift? Shift(YamlNode? node) => _reader.Shift(node);

    /// <inheritdoc cref="ValueReader.Field"/>
    public string? Field(YamlNode? node) => _reader.Field(node);

    /// <inheritdoc cref="ValueReader.Items"/>
    public IReadOnlyList<YamlNode> Items(YamlNode? node, string what) => _reader.Items(node, what);

    /// <inheritdoc cref="ValueReader.Word"/>
    public T? Word<T>(YamlNode? node)
        where T : struct, Enum => _reader.Word<T>(node);

    /// <summary>An expression, remembered for a trial.</summary>
    public Condition? Condition(YamlNode? node, string? stepId = null)
    {
        var condition = _reader.Expression(node);
        Referred(node, ReferenceKind.Expression, condition?.Source, stepId);
        return condition;
    }

    /// <summary>Expressions by name, each remembered for a trial.</summary>
    public IReadOnlyDictionary<string, Condition> Conditions(YamlNode? node, string stepId)
    {
        var conditions = _reader.Expressions(node);
        foreach (var (key, value) in (node as YamlMap)?.Entries ?? [])
            Referred(value, ReferenceKind.Expression, conditions.GetValueOrDefault(key.Value)?.Source, stepId);
        return conditions;
    }

    /// <summary>A name of something that must exist elsewhere.</summary>
    public string? Named(YamlNode? node, ReferenceKind kind, string? stepId = null) => Referred(node, kind, Name(node), stepId);

    /// <summary>An event's type.</summary>
    public string? Listened(YamlNode? node, ReferenceKind kind, string? stepId = null) => Referred(node, kind, _reader.EventType(node), stepId);

    /// <summary>Remembers a name where there is one.</summary>
    public string? Referred(YamlNode? node, ReferenceKind kind, string? name, string? stepId = null)
    {
        if (node is not null && name is not null)
        {
            var (line, column) = node is YamlScalar scalar ? scalar.Place(1, 1) : (node.Line, node.Column);
            _references.Add(new JourneyReference(kind, name, line, column, stepId));
        }

        return name;
    }

    /// <summary>The condition of a rule about an event: its <c>survey</c> and its <c>when</c> together.</summary>
    public Condition? RuleCondition(MapReader rule, string? on, string? stepId = null)
    {
        var when = Condition(rule["when"], stepId);
        if (rule["survey"] is not { } node)
            return when;
        if (on is not null && on != EventTypes.SurveyAnswered)
            faults.Add(node, $"'survey' goes with on: {EventTypes.SurveyAnswered}; this rule is on '{on}'. Remove it, or write a 'when'.");
        if (Named(node, ReferenceKind.Survey, stepId) is not { } survey)
            return when;
        return Both([$"event.data.survey == \"{survey}\""], when);
    }

    /// <summary>Conditions that must all be true, with the author's own behind them.</summary>
    public Condition? Both(IReadOnlyList<string> rules, Condition? when)
    {
        if (rules.Count == 0)
            return when;
        var text = string.Join(" && ", rules) + (when is null ? "" : $" && ({when.Source})");
        return CompiledExpression.Parse(text, faults.File, TemplateParseOptions.Product).Expression is { } all ? new Condition(all) : when;
    }
}
