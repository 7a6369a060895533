using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>Text outside of code, printed as it is.</summary>
internal sealed class TextStatement(SourceSpan span) : Statement(span)
{
    private readonly string _text = span.ToString();

    /// <summary>The text.</summary>
    public string Text => _text;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        context.Output.Write(_text);
        return Flow.Next;
    }
}
