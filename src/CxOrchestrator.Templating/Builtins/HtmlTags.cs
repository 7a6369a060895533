using System.Text;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>
/// Takes the tags out of HTML. What was looked for to the end once and not found isn't looked for again, so that the time is
/// that of a few passes whatever the text.
/// </summary>
internal sealed class HtmlTags
{
    private static readonly string[] Whole = ["script", "style"];
    private readonly string _html;
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _quotes = true;

    private HtmlTags(string html) => _html = html;

    /// <summary>The text without tags, comments, scripts and style sheets.</summary>
    public static string Strip(string html) => new HtmlTags(html).Stripped();

    private string Stripped()
    {
        var text = new StringBuilder(_html.Length);
        var at = 0;
        while (at < _html.Length)
        {
            var open = _html.IndexOf('<', at);
            if (open < 0) break;
            text.Append(_html, at, open - at);
            var end = StartsTag(open) ? TagEnd(open) : -1;
            if (end < 0) text.Append('<');
            at = end < 0 ? open + 1 : end;
        }

        return text.Append(_html, at, _html.Length - at).ToString();
    }

    private bool StartsTag(int open) =>
        open + 1 < _html.Length && (char.IsAsciiLetter(_html[open + 1]) || _html[open + 1] is '/' or '!' or '?');

    /// <summary>Behind the tag, with all of a script, style sheet or comment; -1 where it isn't closed.</summary>
    private int TagEnd(int open)
    {
        var tag = _html.AsSpan(open + 1);
        if (tag.StartsWith("!--") && Find("-->", open) is > 0 and var comment) return comment + 3;
        foreach (var whole in Whole)
        {
            if (!tag.StartsWith(whole, StringComparison.OrdinalIgnoreCase)) continue;
            if (Find("</" + whole, open) is > 0 and var close && Find(">", close) is > 0 and var end) return end + 1;
        }

        if (_quotes && QuotedEnd(open) is > 0 and var quoted) return quoted;
        _quotes = false;
        var plain = Find(">", open);
        return plain < 0 ? -1 : plain + 1;
    }

    private int Find(string text, int from)
    {
        if (_missing.Contains(text)) return -1;
        var at = _html.IndexOf(text, from, StringComparison.OrdinalIgnoreCase);
        if (at < 0) _missing.Add(text);
        return at;
    }

    private int QuotedEnd(int open)
    {
        var quote = '\0';
        for (var i = open + 1; i < _html.Length; i++)
        {
            var c = _html[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }

        return -1;
    }
}
