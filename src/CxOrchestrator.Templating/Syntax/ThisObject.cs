using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>The object <c>this</c>, whose members are the variables.</summary>
internal sealed class ThisObject(SourceSpan span) : Expression(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context) => context.Globals.Current();
}
