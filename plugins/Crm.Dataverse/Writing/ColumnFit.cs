using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Tables;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>Makes values fit their columns: a number that was given as text is one, and a text column takes everything.</summary>
internal static class ColumnFit
{
    /// <summary>The value as the column takes it; false where it never can.</summary>
    /// <param name="type">The column's type, for example <c>Integer</c>; types that are not known here take any plain value.</param>
    /// <param name="value">A plain value.</param>
    /// <param name="node">What to write.</param>
    public static bool Fits(string type, object? value, out JsonNode? node)
    {
        node = value switch
        {
            null => null,
            _ when type is "String" or "Memo" => JsonValue.Create(Values.ToText(value)),
            string text when IsWhole(type) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            string text when IsNumber(type) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            double number when IsWhole(type) && Math.Floor(number) == number => JsonValue.Create((long)number),
            _ => Values.ToNode(value),
        };
        var kind = node?.GetValueKind();
        return node is null || type switch
        {
            _ when IsWhole(type) || IsNumber(type) => kind == JsonValueKind.Number,
            "Boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "DateTime" => kind == JsonValueKind.String && DateTimeOffset.TryParse(node.GetValue<string>(), CultureInfo.InvariantCulture, out _),
            _ => kind is not (JsonValueKind.Object or JsonValueKind.Array),
        };
    }

    private static bool IsWhole(string type) => type is "Integer" or "BigInt" or "Picklist";

    private static bool IsNumber(string type) => type is "Decimal" or "Double" or "Money";
}
