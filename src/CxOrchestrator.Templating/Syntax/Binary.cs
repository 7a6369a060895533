using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>Two values with an operator between them.</summary>
internal sealed class Binary(SourceSpan span, BinaryOperator op, SourceSpan opSpan, Expression left, Expression right) : Expression(span)
{
    /// <summary>The operator.</summary>
    public BinaryOperator Operator { get; } = op;

    /// <summary>The value before it.</summary>
    public Expression Left { get; } = left;

    /// <summary>The value behind it.</summary>
    public Expression Right { get; } = right;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Left, Right];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        if (Operator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual) return Box.Bool(Compare(context));
        var a = Left.Evaluate(context);
        var b = Right.Evaluate(context);
        try
        {
            return Operators.Apply(context, Operator, a, b);
        }
        catch (OperatorFault fault)
        {
            throw At(fault);
        }
    }

    /// <inheritdoc/>
    public override bool IsTrue(RenderContext context) =>
        Operator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual ? Compare(context) : Coerce.IsTrue(Evaluate(context));

    private bool Compare(RenderContext context)
    {
        var a = Left.Evaluate(context);
        var b = Right.Evaluate(context);
        try
        {
            return Operator switch
            {
                BinaryOperator.Equal => Comparison.AreEqual(context, a, b),
                BinaryOperator.NotEqual => !Comparison.AreEqual(context, a, b),
                _ => Comparison.Holds(context, Operator, a, b),
            };
        }
        catch (OperatorFault fault)
        {
            throw At(fault);
        }
    }

    private TemplateFault At(OperatorFault fault) => new(
        fault.Side switch { OperandSide.Left => Left.Span, OperandSide.Right => Right.Span, _ => opSpan }, fault.Message);
}
