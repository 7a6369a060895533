using YamlDotNet.RepresentationModel;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>Reads one operation of a description.</summary>
internal sealed class OperationReader(List<string> faults)
{
    private static readonly string[] Results = ["accepted", "rejected", "deferred", "unknown", "written", "refused", "retry"];

    public Operation Read(YamlMap map, string place)
    {
        var path = PathTemplate.Parse(map.Text("path", required: true), place + ".path", out var wrong);
        if (wrong is not null)
            map.Fault("path", $": {wrong}");
        var operation = new Operation
        {
            Method = new HttpMethod(map.Choice("method", "GET", "GET", "POST", "PUT", "PATCH", "DELETE")),
            Path = path,
            Query = map.Values("query"),
            Headers = map.Values("headers"),
            Form = map.Has("form") ? map.Values("form") : null,
            Json = map.Has("json") ? Body(map.Take("json")!, place + ".json") : null,
            JsonType = map.Text("jsonType", "application/json"),
            Outcomes = [.. map.List("outcomes").Select((node, at) => Rule(YamlMap.Of(node, $"{place}.outcomes[{at}]", faults)))],
            Id = map.Expression("id"),
            Items = map.Expression("items"),
            Next = map.Expression("next"),
            Since = map.Expression("since"),
            From = map.Text("from"),
            Missing = map.Expression("missing"),
        };
        if (operation is { Form: not null, Json: not null })
            map.Fault("form", "stands beside json; a request has one body");
        if (operation is { Since: not null, Next: not null })
            map.Fault("since", "stands beside next; a feed goes on by one of them");
        map.End();
        return operation;
    }

    private static OutcomeRule Rule(YamlMap map)
    {
        var rule = new OutcomeRule(map.Expression("when", required: true)!, map.Choice("result", "", Results))
        {
            Id = map.Expression("id"),
            Code = map.Template("code"),
            Text = map.Template("text"),
            AddressInvalid = map.Template("addressInvalid"),
            RetryAfter = map.Template("retryAfter"),
        };
        map.End();
        return rule;
    }

    private BodyNode Body(YamlNode node, string place)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                return new BodyNode.Map([.. mapping.Children.Select(pair =>
                    KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Body(pair.Value, $"{place}.{((YamlScalarNode)pair.Key).Value}")))]);
            case YamlSequenceNode sequence:
                return new BodyNode.List([.. sequence.Children.Select((item, at) => Body(item, $"{place}[{at}]"))]);
            default:
                var scalar = (YamlScalarNode)node;
                if (scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && YamlMap.Constant(scalar.Value) is { Known: true } constant)
                    return new BodyNode.Leaf(Value.Constant(constant.Value));
                var value = Value.Parse(scalar.Value ?? "", place, always: false, out var fault);
                if (fault is not null)
                    faults.Add(FormattableString.Invariant($"line {scalar.Start.Line}, column {scalar.Start.Column}: {place}: {fault}"));
                return new BodyNode.Leaf(value);
        }
    }
}
