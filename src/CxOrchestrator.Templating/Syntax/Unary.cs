using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A value with an operator before it.</summary>
internal sealed class Unary(SourceSpan span, UnaryOperator op, Expression operand) : Expression(span)
{
    /// <summary>The operator.</summary>
    public UnaryOperator Operator { get; } = op;

    /// <summary>The value.</summary>
    public Expression Operand { get; } = operand;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Operand];

    /// <inheritdoc/>
    public override bool IsTrue(RenderContext context) =>
        Operator == UnaryOperator.Not ? !Operand.IsTrue(context) : Coerce.IsTrue(Evaluate(context));

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        if (Operator == UnaryOperator.Not) return Box.Bool(!Operand.IsTrue(context));
        var value = Operand.Evaluate(context);
        return value switch
        {
            null => null,
            TimeSpan span => Operator == UnaryOperator.Negate ? span.Negate() : span,
            _ when Numbers.IsNumber(value) => Operator == UnaryOperator.Negate ? Numbers.Negate(value) : value,
            _ => throw new TemplateFault(Span, $"A number is needed here, not {Kind.Phrase(value)}."),
        };
    }
}
