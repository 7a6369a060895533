using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An expression in parentheses; <c>(if) = 5</c> makes a keyword a variable, so it can be assigned to.</summary>
internal sealed class Nested(SourceSpan span, Expression inner) : Reference(span)
{
    /// <summary>What stands in the parentheses.</summary>
    public Expression Inner { get; } = inner;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Inner];

    /// <inheritdoc/>
    public override bool IsAssignable => Inner is Reference { IsAssignable: true };

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context) => Inner.EvaluateUncalled(context);

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value) => ((Reference)Inner).Assign(context, value);
}
