using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An expression whose value is printed.</summary>
internal sealed class PrintStatement(SourceSpan span, Expression value) : Statement(span)
{
    /// <summary>What is printed.</summary>
    public Expression Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Value];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        context.Print(Value.Evaluate(context));
        return Flow.Next;
    }
}
