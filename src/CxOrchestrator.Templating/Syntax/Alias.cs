using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>@f</c>: the function itself rather than what calling it gives.</summary>
internal sealed class Alias(SourceSpan span, Expression target) : Expression(span)
{
    /// <summary>What is not called.</summary>
    public Expression Target { get; } = target;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context) => Target.EvaluateUncalled(context);
}
