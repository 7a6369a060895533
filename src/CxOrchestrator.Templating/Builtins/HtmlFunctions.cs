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

    private const string HexDigits = "0123456789ABCDEF";
    private const int LongText = 4096;

    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("html")
        .Add("escape", "text", (c, a) => a[0] is RawHtml raw ? raw : a.Text(c, 0) is { } text ? Html(c, EscapedWithin(c, text)) : null)
        .Add("newline_to_br", "text", NewlineToBreak)
        .Add("strip", "text", (c, a) => a.Text(c, 0) is { } text ? HtmlTags.Strip(text) : null)
        .Add("url_encode", "text", (c, a) => a.Text(c, 0) is { } text ? Uri.EscapeDataString(text) : null)
        .Add("url_escape", "text", (c, a) => a.Text(c, 0) is { } text ? EscapeAddress(c, text) : null)
        .AddOurs("raw", "text", (c, a) => a.Text(c, 0) is { } text ? c.Rendered(text) : null);

    /// <summary>Text as HTML, as .NET encodes it.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    // Asked before room is made: escaped, a text may be six times as long.
    private static string EscapedWithin(RenderContext context, string text)
    {
        if (text.Length > LongText) context.ChargeText(text.Sum(c => c is '<' or '>' or '&' or '"' or '\'' or > '\u009f' ? 6L : 1));
        return Escaped(text);
    }

    private static object Html(RenderContext context, string text)
    {
        context.ChargeText(text.Length);
        return context.Rendered(text);
    }

    private static object? NewlineToBreak(RenderContext context, CallArguments arguments)
    {
        if (arguments.Text(context, 0) is not { } text) return null;
        if (context.Options.EscapeHtml && arguments[0] is not RawHtml) text = EscapedWithin(context, text);
        var made = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' || (c == '\n' && (i == 0 || text[i - 1] != '\r'))) made.Append("<br />");
            made.Append(c);
            CheckFits(context, made);
        }

        return Html(context, made.ToString());
    }

    private static string EscapeAddress(RenderContext context, string text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var made = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || AllowedInAddress.Contains((char)rune.Value)))
                made.Append((char)rune.Value);
            else
                foreach (var part in bytes[..rune.EncodeToUtf8(bytes)]) made.Append('%').Append(HexDigits[part >> 4]).Append(HexDigits[part & 15]);
            CheckFits(context, made);
        }

        return made.ToString();
    }

    private static void CheckFits(RenderContext context, StringBuilder made)
    {
        if (made.Length > context.Options.OutputLimit && context.Options.OutputLimit > 0) context.ChargeText(made.Length);
    }
}
