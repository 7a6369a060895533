using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>ret</c>: ends a function, an include or the template, with a value or without.</summary>
internal sealed class ReturnStatement(SourceSpan span, Expression? value) : Statement(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => value is null ? [] : [value];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        context.Returned = value?.Evaluate(context);
        return Flow.Return;
    }
}
