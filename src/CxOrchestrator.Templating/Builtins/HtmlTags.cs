using System.Text;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Takes the tags out of HTML, in one pass whatever the text.</summary>
internal static class HtmlTags
{
    /// <summary>The text without tags, comments, scripts and style sheets.</summary>
    public static string Strip(string html)
    {
        var text = new StringBuilder(html.Length);
        var at = 0;
        var quotes = true;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0) break;
            text.Append(html, at, open - at);
            var end = StartsTag(html, open) ? TagEnd(html, open, ref quotes) : -1;
            if (end < 0)
            {
                text.Append('<');
                end = open + 1;
            }

            at = end;
        }

        return text.Append(html, at, html.Length - at).ToString();
    }

    private static bool StartsTag(string html, int open) =>
        open + 1 < html.Length && (char.IsAsciiLetter(html[open + 1]) || html[open + 1] is '/' or '!' or '?');

    /// <summary>Behind the tag, with all of a script, style sheet or comment; -1 where it isn't closed.</summary>
    private static int TagEnd(string html, int open, ref bool quotes)
    {
        var tag = html.AsSpan(open + 1);
        if (tag.StartsWith("!--") && html.IndexOf("-->", open, StringComparison.Ordinal) is > 0 and var comment) return comment + 3;
        foreach (var whole in (ReadOnlySpan<string>)["script", "style"])
        {
            if (!tag.StartsWith(whole, StringComparison.OrdinalIgnoreCase)) continue;
            var close = html.IndexOf("</" + whole, open, StringComparison.OrdinalIgnoreCase);
            if (close > 0 && html.IndexOf('>', close) is > 0 and var end) return end + 1;
        }

        if (quotes && QuotedEnd(html, open) is > 0 and var quoted) return quoted;
        // A quote that isn't closed would be looked for again from every tag: from here on quotes don't count.
        quotes = false;
        var plain = html.IndexOf('>', open);
        return plain < 0 ? -1 : plain + 1;
    }

    private static int QuotedEnd(string html, int open)
    {
        var quote = '\0';
        for (var i = open + 1; i < html.Length; i++)
        {
            var c = html[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }

        return -1;
    }
}
