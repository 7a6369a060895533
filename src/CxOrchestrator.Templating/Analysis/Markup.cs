using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>The text of a template without its code.</summary>
internal static class Markup
{
    /// <summary>Every text at its own place, U+FFFC in the place of everything else; line ends stay.</summary>
    public static string Of(Block body)
    {
        var source = body.Span.Source.Text;
        var markup = new char[source.Length];
        for (var i = 0; i < markup.Length; i++) markup[i] = source[i] is '\n' or '\r' ? source[i] : CompiledTemplate.Code;
        Copy(body, source, markup);
        return new string(markup);
    }

    private static void Copy(SyntaxNode node, string source, char[] markup)
    {
        if (node is TextStatement { Span: var span }) source.CopyTo(span.Start, markup, span.Start, span.End - span.Start);
        foreach (var child in node.Children) Copy(child, source, markup);
    }
}
