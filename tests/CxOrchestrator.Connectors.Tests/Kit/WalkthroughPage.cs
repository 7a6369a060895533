using System.Text.RegularExpressions;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Kit;

/// <summary><c>plugins/README.md</c>, with the files that it shows.</summary>
internal static partial class WalkthroughPage
{
    public static string Text { get; } = File.ReadAllText(Repository.PathOf("plugins", "README.md"));

    /// <summary>Each file by its path from the root, as a reader would write it.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = Named().Matches(Text)
        .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["content"].Value);

    /// <summary>Fenced blocks that are no file's content, with their language.</summary>
    public static IReadOnlyList<(string Language, string Content)> OtherBlocks { get; } =
        [.. Fenced().Matches(Named().Replace(Text, "")).Select(match => (match.Groups["language"].Value, match.Groups["content"].Value))];

    /// <summary>Where the file lies that the tests are built from: the walkthrough's plugin is a project of the tests, so that the product doesn't ship it.</summary>
    public static string RealPath(string path) => Repository.PathOf(path.Replace("plugins/Sms.Pigeon", "tests/Sms.Pigeon", StringComparison.Ordinal));

    [GeneratedRegex(@"^\*\*`(?<path>[^`]+)`\*\*\n\n(?<fence>`{3,})\w+\n(?<content>.*?)^\k<fence>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<fence>`{3,})(?<language>\w*)\n(?<content>.*?)^\k<fence>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
