using System.Text.Json.Nodes;
using CxOrchestrator.Core.Content.Schema;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What may stand in a split step: the table that the parser and the JSON Schema share.</summary>
internal static class SplitShapes
{
    /// <summary>A share in per cent.</summary>
    public const string PercentPattern = "^[0-9]{1,2}(\\.[0-9]{1,2})?%$";

    /// <summary>The words for metrics, in the enum's order.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["goal", "answered", "promoters", "engaged", "score"];

    /// <summary>The words for what happens then, in the enum's order.</summary>
    public static IReadOnlyList<string> Thens { get; } = ["send all to it", "tell only"];

    /// <summary>The step.</summary>
    public static Shape Split { get; } = new(
        "split", "Divides customers among variants, so that each stays where they are; after a variant the walk goes on below.",
        new("split", "The split's name: its id, which stays the same for as long as the same people shall get the same variants.", ValueSchemas.Name, true),
        new("variants", "The variants.", () => ValueSchemas.ListOf(ValueSchemas.Ref("variant")), true),
        new("holdOut", "How many get nothing of this: their walk ends here, and the others' goals are compared with theirs. Default: nobody.", Percent),
        new("watch", "How long after coming here what somebody does is counted. Default: 30d.", ValueSchemas.Duration),
        new("winner", "When a variant is called the winner. Default: never.", () => ValueSchemas.Ref("winner")));

    /// <summary>A variant.</summary>
    public static Shape Variant { get; } = new(
        "variant", "A variant of a split.",
        new("variant", "Its name.", ValueSchemas.Name, true),
        new("weight", "Its weight among the variants, from 1 to 10000. Default: 1.", () => ValueSchemas.Number(1, 10_000)),
        new("steps", "Its steps. Default: none, so that the walk goes on below.", () => ValueSchemas.Ref("steps")));

    /// <summary>A winner rule.</summary>
    public static Shape Winner { get; } = new(
        "winner", "When a variant is called the winner. However often it is looked at, of equal variants one is called with a probability of at most 100 % minus the confidence.",
        new("metric", "What is compared: goal, answered, promoters, engaged (each a share of everybody who came) or score (the mean).", () => ValueSchemas.OneOf(Metrics), true),
        new("minimumSample", "How many people (of score: scores) each variant must have had, from 100.", () => ValueSchemas.Number(SplitParser.LeastSample, 10_000_000), true),
        new("confidence", "From 80% to 99.9%. Default: 95%.", Percent),
        new("then", "What happens then. Default: send all to it.", () => ValueSchemas.OneOf(Thens)));

    private static JsonObject Percent() => new() { ["type"] = "string", ["pattern"] = PercentPattern };
}
