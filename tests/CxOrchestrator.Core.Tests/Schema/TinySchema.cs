using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Core.Tests.Schema;

/// <summary>
/// Judges a value by the part of JSON Schema (draft 2020-12) that our schemas use; anything else in a schema throws, so that nothing is passed over.
/// </summary>
internal sealed class TinySchema(JsonObject root)
{
    private static readonly string[] Notes = ["$schema", "$defs", "title", "description", "examples"];

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    private bool Accepts(JsonObject schema, JsonNode? value) =>
        schema.Where(rule => !Notes.Contains(rule.Key)).All(rule => Holds(rule.Key, rule.Value!, schema, value));

    private bool Holds(string keyword, JsonNode rule, JsonObject schema, JsonNode? value) => keyword switch
    {
        "$ref" => Accepts(root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value),
        "oneOf" => rule.AsArray().Count(one => Accepts(one!.AsObject(), value)) == 1,
        "enum" => rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "type" => (rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()]).Any(type => type == Kind(value) || (type == "integer" && IsWhole(value))),
        "minimum" => Kind(value) != "number" || value!.GetValue<double>() >= double.Parse(rule.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        "maximum" => Kind(value) != "number" || value!.GetValue<double>() <= double.Parse(rule.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        "pattern" => Kind(value) != "string" || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>()),
        "minLength" => Kind(value) != "string" || value!.GetValue<string>().Length >= rule.GetValue<int>(),
        "maxLength" => Kind(value) != "string" || value!.GetValue<string>().Length <= rule.GetValue<int>(),
        "minItems" => value is not JsonArray list || list.Count >= rule.GetValue<int>(),
        "uniqueItems" => value is not JsonArray list || list.Select(item => item?.ToJsonString()).Distinct().Count() == list.Count,
        "items" => value is not JsonArray list || list.All(item => Accepts(rule.AsObject(), item)),
        "minProperties" => value is not JsonObject map || map.Count >= rule.GetValue<int>(),
        "maxProperties" => value is not JsonObject map || map.Count <= rule.GetValue<int>(),
        "required" => value is not JsonObject map || rule.AsArray().All(name => map.ContainsKey(name!.GetValue<string>())),
        "propertyNames" => value is not JsonObject map || map.All(member => Accepts(rule.AsObject(), member.Key)),
        "properties" => value is not JsonObject map
            || map.All(member => rule[member.Key] is not JsonObject of || Accepts(of, member.Value)),
        "additionalProperties" => value is not JsonObject map || map.All(member => schema["properties"]?[member.Key] is not null
            || (rule is JsonObject others ? Accepts(others, member.Value) : rule.GetValue<bool>())),
        _ => throw new InvalidOperationException($"The schema uses '{keyword}', which this judge doesn't know."),
    };

    private static bool IsWhole(JsonNode? value) => Kind(value) == "number" && double.IsInteger(value!.GetValue<double>());

    private static string Kind(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => "number",
            _ => "boolean",
        },
    };
}
