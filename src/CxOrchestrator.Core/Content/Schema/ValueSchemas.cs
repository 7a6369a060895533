using System.Text.Json.Nodes;

namespace CxOrchestrator.Core.Content.Schema;

/// <summary>Schemas of the single values that stand in files that people write.</summary>
internal static class ValueSchemas
{
    /// <summary>A name: lower case letters, digits and dashes.</summary>
    public const string NamePattern = "^[a-z][a-z0-9-]{0,63}$";

    /// <summary>An event's type.</summary>
    public const string EventTypePattern = "^[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*$";

    /// <summary>A name of an attribute or a field of data.</summary>
    public const string FieldPattern = "^[A-Za-z_][A-Za-z0-9_]{0,63}$";

    /// <summary>A language tag.</summary>
    public const string LanguagePattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

    /// <summary>A name.</summary>
    public static JsonObject Name() => new() { ["type"] = "string", ["pattern"] = NamePattern };

    /// <summary>An event's type.</summary>
    public static JsonObject EventType() => new() { ["type"] = "string", ["pattern"] = EventTypePattern, ["maxLength"] = 100 };

    /// <summary>Some text.</summary>
    public static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <summary>Some text, or nothing.</summary>
    public static JsonObject TextOrNothing() => new() { ["type"] = new JsonArray("string", "null") };

    /// <summary>A duration in words.</summary>
    public static JsonObject Duration() => Words(DurationText.Examples);

    /// <summary>In whose business hours something is sent.</summary>
    public static JsonObject SendHours() => new()
    {
        ["type"] = "string",
        ["pattern"] = "^(any time|business hours( in [a-z][a-z0-9-]{0,63})?)$",
        ["examples"] = new JsonArray("business hours", "business hours in support", "any time"),
    };

    /// <summary>A point in time in words.</summary>
    public static JsonObject Timing() => Words(TimingText.Examples);

    /// <summary>An expression of the template language; a bare number or true is one too.</summary>
    public static JsonObject Expression() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    /// <summary>A whole number between two.</summary>
    public static JsonObject Number(int least, int most) => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    /// <summary>A day.</summary>
    public static JsonObject Day() => new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };

    /// <summary>A time of day.</summary>
    public static JsonObject Time() => new() { ["type"] = "string", ["pattern"] = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$" };

    /// <summary>A number of days or months.</summary>
    public static JsonObject Shift() => Words(DateShift.Examples);

    /// <summary>The name of a customer's field.</summary>
    public static JsonObject Field() => new() { ["type"] = "string", ["pattern"] = FieldPattern };

    /// <summary>A text, a number, true or false.</summary>
    public static JsonObject Plain() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    /// <summary>True or false.</summary>
    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    /// <summary>Expressions by name.</summary>
    public static JsonObject Expressions() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = new JsonObject { ["pattern"] = FieldPattern },
        ["additionalProperties"] = Expression(),
    };

    /// <summary>One of these words.</summary>
    public static JsonObject OneOf(IEnumerable<string> words) => new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    /// <summary>A list of at least one.</summary>
    public static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = item };

    /// <summary>What is defined elsewhere in the schema.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = "#/$defs/" + name };

    /// <summary>Words by language tag.</summary>
    public static JsonObject ByLanguage(JsonObject value) => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = new JsonObject { ["pattern"] = LanguagePattern },
        ["additionalProperties"] = value,
    };

    // Every duration and point in time has a digit or is a day by name; the parser says more.
    private static JsonObject Words(string examples) => new()
    {
        ["type"] = "string",
        ["pattern"] = "[0-9]|[Bb]usiness|[Dd]ay",
        ["examples"] = new JsonArray([.. examples.Split(", ").Select(example => (JsonNode)example)]),
    };
}
