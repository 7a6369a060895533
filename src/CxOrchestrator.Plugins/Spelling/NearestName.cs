using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Plugins.Spelling;

/// <summary>Tells people what they probably meant to write.</summary>
internal static class NearestName
{
    /// <summary>The end of an error: what was meant, or else everything that would be right.</summary>
    public static string Hint(string written, IReadOnlyCollection<string> known) => Nearest.Of(written, known) switch
    {
        { } name => $"did you mean \"{name}\"?",
        null when known.Count == 0 => "there are none",
        null => $"known: {string.Join(", ", known)}",
    };
}
