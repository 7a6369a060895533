using System.Text.Json.Nodes;

namespace CxOrchestrator.Core.Content.Schema;

/// <summary>
/// What may stand in a map of a file that people write: read by the parser, which refuses other keys, and by the JSON Schema that editors use. One table,
/// so that the two can't drift apart.
/// </summary>
/// <param name="Name">Its name in the schema, for example <c>trigger</c>.</param>
/// <param name="Says">What it is, for the author.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record Shape(string Name, string Says, params Key[] Keys)
{
    /// <summary>The names of its keys.</summary>
    public IEnumerable<string> Names => Keys.Select(key => key.Name);

    /// <summary>The schema of such a map.</summary>
    public JsonObject ToSchema()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
        {
            var value = key.Value();
            value["description"] = key.Says;
            properties[key.Name] = value;
        }

        var schema = new JsonObject { ["type"] = "object", ["description"] = Says, ["additionalProperties"] = false, ["properties"] = properties };
        if (Keys.Any(key => key.Required))
            schema["required"] = new JsonArray([.. Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]);
        return schema;
    }
}

/// <summary>A key of a map.</summary>
/// <param name="Name">The key.</param>
/// <param name="Says">What it means, with the default where there is one.</param>
/// <param name="Value">Makes the schema of its value.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record Key(string Name, string Says, Func<JsonObject> Value, bool Required = false);
