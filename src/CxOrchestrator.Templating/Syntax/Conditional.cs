using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>One of two values: <c>condition ? a : b</c>.</summary>
internal sealed class Conditional(SourceSpan span, Expression condition, Expression then, Expression otherwise) : Expression(span)
{
    /// <summary>What decides.</summary>
    public Expression Condition { get; } = condition;

    /// <summary>The value if so.</summary>
    public Expression Then { get; } = then;

    /// <summary>The value if not.</summary>
    public Expression Otherwise { get; } = otherwise;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Condition, Then, Otherwise];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context) =>
        Condition.IsTrue(context) ? Then.Evaluate(context) : Otherwise.Evaluate(context);
}
