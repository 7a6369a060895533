using System.Net;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The words of an HTML part, up to where it quotes what it answers to.</summary>
internal static class HtmlText
{
    private const int Longest = 500_000;
    private static readonly HashSet<string> Breaks = new(["br", "p", "div", "tr", "li", "h1", "h2", "h3"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Silent = new(["script", "style", "head", "title"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Quotes = ["gmail_quote", "yahoo_quoted", "moz-cite-prefix", "divRplyFwdMsg", "OutlookMessageHeader", "protonmail_quote"];

    /// <summary>The text, with a line for each block.</summary>
    public static string Of(string html)
    {
        html = html.Length > Longest ? html[..Longest] : html;
        var text = new StringBuilder();
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            text.Append(Words(html[at..(open < 0 ? html.Length : open)]));
            var close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            var tag = html[(open + 1)..close];
            var name = new string([.. tag.TrimStart('/').TakeWhile(char.IsAsciiLetterOrDigit)]);
            if (name.Equals("blockquote", StringComparison.OrdinalIgnoreCase) || Quotes.Any(quote => tag.Contains(quote, StringComparison.OrdinalIgnoreCase)))
            {
                break;
            }

            at = close + 1;
            if (Silent.Contains(name) && !tag.StartsWith('/') && !tag.EndsWith('/'))
            {
                var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                at = end < 0 ? html.Length : end;
            }
            else if (Breaks.Contains(name) && (text.Length == 0 || text[^1] != '\n' || name.Equals("br", StringComparison.OrdinalIgnoreCase)))
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    // Line breaks in the source are blanks, and an entity may stand for a sign that looks like a tag: it is read after the tags.
    private static string Words(string raw) => WebUtility.HtmlDecode(raw.ReplaceLineEndings(" ").Replace('\t', ' '));
}
