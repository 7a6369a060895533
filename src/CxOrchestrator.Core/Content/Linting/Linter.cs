namespace CxOrchestrator.Core.Content;

/// <summary>All that can be seen in content without a failure of a rendering.</summary>
internal static class Linter
{
    /// <summary>What all rules find.</summary>
    /// <param name="folder">The content.</param>
    /// <param name="rules">What the settings say.</param>
    /// <param name="now">Now, in customers' time.</param>
    public static IEnumerable<Fault> Check(ContentFolder folder, ContentRules rules, DateTimeOffset now)
    {
        ILintRule[] all =
        [
            new UnknownVariables(), new DeadBranches(), new DeadConditions(), new MissingLanguages(), new SmsLength(rules, now), new AbsoluteLinks(),
            new ImageDescriptions(),
        ];
        return all.SelectMany(rule => rule.Check(folder));
    }

    /// <summary>The messages of a folder that could be parsed.</summary>
    public static IEnumerable<MessageTemplate> Parsed(this ContentFolder folder) =>
        folder.Messages.Select(parse => parse.Message).OfType<MessageTemplate>();
}
