using System.Text.RegularExpressions;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Outbox;

/// <summary>Plain text whose addresses of the web can be pressed, as a phone shows it.</summary>
internal static partial class LinkedText
{
    /// <summary>The text as markup.</summary>
    public static Markup Of(string text)
    {
        var parts = new List<Markup>();
        var done = 0;
        foreach (Match match in Address().Matches(text))
        {
            parts.Add(Markup.Of($"{text[done..match.Index]}<a href=\"{match.Value}\" target=\"_blank\" rel=\"noopener noreferrer\">{match.Value}</a>"));
            done = match.Index + match.Length;
        }

        parts.Add(Markup.Of($"{text[done..]}"));
        return Markup.Join(parts);
    }

    // A mark at the end belongs to the sentence.
    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)\]]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
