using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>Reads the single values of a file; what can't be read leaves a fault and gives null.</summary>
internal sealed class ValueReader(Faults faults)
{
    private const string FieldRule = "a field's name is of letters, digits and _";

    /// <summary>Where faults go.</summary>
    public Faults Faults => faults;

    /// <summary>Text that isn't empty.</summary>
    public string? Text(YamlNode? node)
    {
        if (node is null)
            return null;
        if (node is YamlScalar { IsEmpty: false } scalar && !string.IsNullOrWhiteSpace(scalar.Value))
            return scalar.Value.Trim();
        faults.Add(node, $"Here stands {MapReader.Kind(node)}, where a text belongs.");
        return null;
    }

    /// <summary>A name of lower case letters, digits and dashes.</summary>
    public string? Name(YamlNode? node) =>
        Matching(node, ValueSchemas.NamePattern, "a name is of lower case letters, digits and dashes, begins with a letter, and has at most 64 characters");

    /// <summary>An event's type.</summary>
    public string? EventType(YamlNode? node) =>
        Matching(node, ValueSchemas.EventTypePattern, "an event's type is of words with dots between them, such as order.delivered");

    /// <summary>A duration in words.</summary>
    public Duration? Duration(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (DurationText.TryParse(text, out var duration, out var error))
            return duration;
        faults.Add(node!, error);
        return null;
    }

    /// <summary>A point in time in words.</summary>
    public Timing? Timing(YamlNode? node, ZoneOf zone = ZoneOf.Customer)
    {
        if (Text(node) is not { } text)
            return null;
        if (TimingText.TryParse(text, out var timing, out var error, zone))
            return timing;
        faults.Add(node!, error);
        return null;
    }

    /// <summary>When messages may go.</summary>
    public SendHours? SendHours(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (Journeys.SendHours.Parse(text) is { } hours)
            return hours;
        faults.Add(node!, $"'{text}' says no hours in which messages go. Write for example: {Journeys.SendHours.Examples}.");
        return null;
    }

    /// <summary>One of an enum's words, in lower case.</summary>
    public T? Word<T>(YamlNode? node)
        where T : struct, Enum
    {
        if (Text(node) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (WordOf(value) == text)
                return value;
        }

        var words = Words<T>();
        faults.Add(node!, $"'{text}' is unknown here.{Nearest.Hint(text, words)} Write {string.Join(" or ", words)}.");
        return null;
    }

    /// <summary>The words of an enum as they stand in files.</summary>
    public static IReadOnlyList<string> Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(WordOf)];

    /// <summary>True or false.</summary>
    public bool? Flag(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (text is "true" or "false")
            return text == "true";
        faults.Add(node!, $"'{text}' is unknown here. Write true or false.");
        return null;
    }

    /// <summary>A whole number between two.</summary>
    public int? Number(YamlNode? node, int least, int most)
    {
        if (Text(node) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add(node!, $"'{text}' can't be taken: write a whole number from {least} to {most}.");
        return null;
    }

    /// <summary>A day.</summary>
    public DateOnly? Day(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        faults.Add(node!, $"'{text}' is no day. Write it as 2026-12-24.");
        return null;
    }

    /// <summary>A time of day.</summary>
    public TimeOnly? Time(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        faults.Add(node!, $"'{text}' is no time of day. Write it as 09:00 or 18:30.");
        return null;
    }

    /// <summary>How far a day lies from another.</summary>
    public DateShift? Shift(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        if (DateShift.TryParse(text, out var shift, out var error))
            return shift;
        faults.Add(node!, error);
        return null;
    }

    /// <summary>The name of a field of a customer.</summary>
    public string? Field(YamlNode? node) => Matching(node, ValueSchemas.FieldPattern, FieldRule);

    /// <summary>The items of a list with at least one.</summary>
    public IReadOnlyList<YamlNode> Items(YamlNode? node, string what)
    {
        if (node is YamlList { Items.Count: > 0 } list)
            return list.Items;
        if (node is YamlList)
            faults.Add(node, $"The list is empty: at least one {what} belongs here.");
        else if (node is not null)
            faults.Add(node, $"Here stands {MapReader.Kind(node)}, where a list belongs, each {what} behind a dash.");
        return [];
    }

    /// <summary>An expression of the template language.</summary>
    public Condition? Expression(YamlNode? node)
    {
        if (Text(node) is not { } text)
            return null;
        var scalar = (YamlScalar)node!;
        var parse = CompiledExpression.Parse(text, faults.File, TemplateParseOptions.Product);
        foreach (var message in parse.Messages)
        {
            var (line, column) = scalar.Place(message.Line, message.Column);
            if (message.Severity == TemplateSeverity.Error)
                faults.Add(line, column, $"In '{text}': {message.Text}");
            else
                faults.Warn(line, column, $"In '{text}': {message.Text}");
        }

        return parse.Ok ? new Condition(parse.Expression) : null;
    }

    /// <summary>Expressions by name.</summary>
    public IReadOnlyDictionary<string, Condition> Expressions(YamlNode? node)
    {
        var expressions = new Dictionary<string, Condition>(StringComparer.Ordinal);
        if (node is null)
            return expressions;
        if (node is not YamlMap { Entries.Count: > 0 } map)
        {
            faults.Add(node, $"Here stands {(node is YamlMap ? "an empty map" : MapReader.Kind(node))}, where names with expressions belong, such as nps: answer.score.");
            return expressions;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (Matching(key, ValueSchemas.FieldPattern, FieldRule) is not { } name)
                continue;
            if (expressions.ContainsKey(name))
                faults.Add(key, $"The name '{name}' stands here twice. Remove one.");
            else if (Expression(value) is { } expression)
                expressions.Add(name, expression);
        }

        return expressions;
    }

    private string? Matching(YamlNode? node, string pattern, string rule)
    {
        if (Text(node) is not { } text)
            return null;
        if (text.Length <= 100 && Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking))
            return text;
        faults.Add(node!, $"{MapReader.Kind(node!)} can't be taken: {rule}.");
        return null;
    }

    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
