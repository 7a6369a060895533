using System.Buffers;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Escapes text for HTML.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");

    /// <summary>Writes text with the five characters escaped that mean something in HTML; safe in quoted attributes too.</summary>
    public static void WriteEscaped(Output output, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(Special);
            if (at < 0) break;
            output.Write(text[..at]);
            output.Write(text[at] switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '"' => "&quot;", _ => "&#39;" });
            text = text[(at + 1)..];
        }

        output.Write(text);
    }
}
