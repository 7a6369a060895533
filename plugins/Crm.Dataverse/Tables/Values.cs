using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxOrchestrator.Plugins.CrmDataverse.Tables;

/// <summary>Values on their way between us and rows.</summary>
internal static class Values
{
    /// <summary>Longest subject of an activity.</summary>
    public const int LongestSubject = 200;

    private const string Label = "@OData.Community.Display.V1.FormattedValue";

    /// <summary>A plain value as a column takes it.</summary>
    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        DateTimeOffset at => JsonValue.Create(Wire.ODataText.Moment(at)),
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        int or long or double or decimal or float or short or byte => JsonSerializer.SerializeToNode(value),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, ToNode(pair.Value)))),
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToNode)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The same as text; null for null.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => ToNode(value)?.ToJsonString().Trim('"'),
    };

    /// <summary>A column's plain value; null where it is empty or, as FetchXML does it, not there at all.</summary>
    public static object? Of(JsonElement row, string column) => !row.TryGetProperty(column, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        // Boxed by itself: the two would meet as a double.
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A column's text; null where it has none.</summary>
    public static string? TextOf(JsonElement row, string column) => Of(row, column) switch
    {
        null => null,
        string text => text,
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    /// <summary>The label of a column's value; null where the answer brought none.</summary>
    public static string? LabelOf(JsonElement row, string column) => TextOf(row, column + Label);

    /// <summary>A column's id.</summary>
    public static Guid? IdOf(JsonElement row, string column) => Guid.TryParse(TextOf(row, column), out var id) ? id : null;

    /// <summary>The beginning of a text, cut between characters as people see them.</summary>
    public static string Short(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        return text[..starts.Last(start => start <= longest)];
    }
}
