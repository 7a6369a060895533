using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.GenericHttp.Calls;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>A JSON body as a description writes it: maps and lists with values in them. A member whose value is null is left out.</summary>
internal abstract record BodyNode
{
    public abstract JsonNode? Of(IReadOnlyDictionary<string, object?> model);

    internal sealed record Leaf(Value Value) : BodyNode
    {
        public override JsonNode? Of(IReadOnlyDictionary<string, object?> model) => PlainValues.ToJson(Value.Of(model));
    }

    internal sealed record Map(IReadOnlyList<KeyValuePair<string, BodyNode>> Members) : BodyNode
    {
        public override JsonNode? Of(IReadOnlyDictionary<string, object?> model)
        {
            var json = new JsonObject();
            foreach (var (name, member) in Members)
            {
                if (member.Of(model) is { } value)
                    json[name] = value;
            }

            return json;
        }
    }

    internal sealed record List(IReadOnlyList<BodyNode> Items) : BodyNode
    {
        public override JsonNode? Of(IReadOnlyDictionary<string, object?> model) => new JsonArray([.. Items.Select(item => item.Of(model)).Where(item => item is not null)]);
    }
}
