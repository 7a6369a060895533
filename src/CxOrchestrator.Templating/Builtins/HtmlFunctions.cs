using System.Net;
using System.Text;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>html.…</c>.</summary>
internal static class HtmlFunctions
{
    /// <summary>Characters that stay as they are in a whole address: those with a meaning in it and the unreserved ones.</summary>
    private const string AllowedInAddress = ":/?#[]@!$&'()*+,;=-._~";

    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("html")
        .Add("escape", "text", (c, a) => a[0] is RawHtml raw ? raw : a.Text(c, 0) is { } text ? Html(c, Escaped(text)) : null)
        .Add("newline_to_br", "text", NewlineToBreak)
        .Add("strip", "text", (c, a) => a.Text(c, 0) is { } text ? HtmlTags.Strip(text) : null)
        .Add("url_encode", "text", (c, a) => a.Text(c, 0) is { } text ? Uri.EscapeDataString(text) : null)
        .Add("url_escape", "text", (c, a) => a.Text(c, 0) is { } text ? EscapeAddress(text) : null)
        .AddOurs("raw", "text", (c, a) => a.Text(c, 0) is { } text ? c.Rendered(text) : null);

    /// <summary>Text as HTML, as .NET encodes it.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static object Html(RenderContext context, string text)
    {
        context.ChargeText(text.Length);
        return context.Rendered(text);
    }

    private static object? NewlineToBreak(RenderContext context, CallArguments arguments)
    {
        if (arguments.Text(context, 0) is not { } text) return null;
        if (context.Options.EscapeHtml && arguments[0] is not RawHtml) text = Escaped(text);
        var made = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' || (c == '\n' && (i == 0 || text[i - 1] != '\r'))) made.Append("<br />");
            made.Append(c);
        }

        return Html(context, made.ToString());
    }

    private static string EscapeAddress(string text)
    {
        var made = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || AllowedInAddress.Contains((char)rune.Value)))
                made.Append((char)rune.Value);
            else
                made.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return made.ToString();
    }
}
