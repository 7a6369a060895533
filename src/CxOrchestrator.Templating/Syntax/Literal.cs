using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A number, string, truth or null.</summary>
internal sealed class Literal(SourceSpan span, object? value) : Expression(span)
{
    /// <summary>The value.</summary>
    public object? Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context) => Value;
}
