using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>x = 1</c>, or with an operator <c>x += 1</c>.</summary>
internal sealed class AssignStatement(SourceSpan span, Reference target, BinaryOperator? op, SourceSpan opSpan, Expression value)
    : Statement(span)
{
    /// <summary>What is set.</summary>
    public Reference Target { get; } = target;

    /// <summary>The operator between the old value and the new; null for a plain assignment.</summary>
    public BinaryOperator? Operator { get; } = op;

    /// <summary>What it is set to.</summary>
    public Expression Value { get; } = value;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target, Value];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        Target.Assign(context, Operator is null ? Value.Evaluate(context) : Combined(context, Operator.Value));
        return Flow.Next;
    }

    private object? Combined(RenderContext context, BinaryOperator op)
    {
        var old = Target.Evaluate(context);
        var by = Value.Evaluate(context);
        try
        {
            return Operators.Apply(context, op, old, by);
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(
                fault.Side switch { OperandSide.Left => Target.Span, OperandSide.Right => Value.Span, _ => opSpan }, fault.Message);
        }
    }
}
