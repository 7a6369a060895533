using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>Reads how webhooks are verified and read.</summary>
internal sealed partial class WebhookReader(List<string> faults)
{
    public WebhookDescription Read(YamlMap map)
    {
        var check = Check(map.Map("check"));
        var facts = map.List("facts").Select((node, at) => Fact(YamlMap.Of(node, $"webhook.facts[{at}]", faults))).ToList();
        if (facts.Count == 0)
            map.Fault("facts", "is missing: it says what a body tells");
        var webhook = new WebhookDescription { Check = check, Items = map.Expression("items"), Facts = facts, Reply = map.Template("reply") };
        map.End();
        return webhook;
    }

    private static WebhookCheck Check(YamlMap map)
    {
        var check = new WebhookCheck(
            map.Choice("kind", "", "hmac", "header", "query"),
            map.Text("name", required: true),
            map.Choice("algorithm", "sha256", "sha256", "sha1", "sha512"),
            map.Choice("encoding", "hex", "hex", "base64"),
            map.Text("prefix"),
            map.Text("over", "{body}"));
        if (!check.Over.EndsWith("{body}", StringComparison.Ordinal) || Places().Replace(check.Over[..^6], "").AsSpan().ContainsAny('{', '}'))
            map.Fault("over", "ends with {body}; before it may stand {header:Name} and text");
        map.End();
        return check;
    }

    private static FactMapping Fact(YamlMap map)
    {
        var fact = new FactMapping(
            map.Expression("when"), map.Expression("id", required: true)!, map.Expression("type", required: true)!, map.Expression("time"),
            map.Expression("person"), map.Expression("address"), map.Expression("delivery"),
            map.Values("data", always: true).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
        map.End();
        return fact;
    }

    /// <summary>The placeholders before the body.</summary>
    [GeneratedRegex(@"\{header:[A-Za-z0-9-]+\}")]
    internal static partial Regex Places();
}
