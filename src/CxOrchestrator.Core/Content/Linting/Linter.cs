using CxOrchestrator.Templating;

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
            new UnknownVariables(), new UnknownParts(), new DeadBranches(), new DeadConditions(), new MissingLanguages(), new SmsLength(rules, now), new AbsoluteLinks(),
            new ImageDescriptions(),
        ];
        return all.SelectMany(rule => rule.Check(folder));
    }

    /// <summary>The messages of a folder that could be parsed.</summary>
    public static IEnumerable<MessageTemplate> Parsed(this ContentFolder folder) =>
        folder.Messages.Select(parse => parse.Message).OfType<MessageTemplate>();

    /// <summary>All templates of a folder that could be parsed, those of shared parts among them, each once.</summary>
    public static IEnumerable<CompiledTemplate> Templates(this ContentFolder folder) =>
        folder.Parsed().SelectMany(message => message.Languages.Values).SelectMany(parts => parts.All)
            .Concat(folder.Parts.Files.Select(file => file.Template).OfType<CompiledTemplate>());

    /// <summary>Those of them that are HTML.</summary>
    public static IEnumerable<CompiledTemplate> Html(this ContentFolder folder) =>
        folder.Parsed().SelectMany(message => message.Languages.Values).Select(parts => parts.Html)
            .Concat(folder.Parts.Files.Where(file => file.Variety == PartVariety.Html).Select(file => file.Template)).OfType<CompiledTemplate>();
}
