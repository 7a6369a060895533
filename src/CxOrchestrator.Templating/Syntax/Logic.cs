using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>And, or, <c>??</c> and <c>?!</c>: the right side is evaluated only where it counts.</summary>
internal sealed class Logic(SourceSpan span, LogicOperator op, Expression left, Expression right) : Expression(span)
{
    /// <summary>The operator.</summary>
    public LogicOperator Operator { get; } = op;

    /// <summary>The value before it.</summary>
    public Expression Left { get; } = left;

    /// <summary>The value behind it.</summary>
    public Expression Right { get; } = right;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Left, Right];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context) => Operator switch
    {
        LogicOperator.And => Box.Bool(Left.IsTrue(context) && Right.IsTrue(context)),
        LogicOperator.Or => Box.Bool(Left.IsTrue(context) || Right.IsTrue(context)),
        LogicOperator.IfNull => Left.Evaluate(context) ?? Right.Evaluate(context),
        _ => Left.Evaluate(context) is null ? null : Right.Evaluate(context),
    };

    /// <inheritdoc/>
    public override bool IsTrue(RenderContext context) => Operator switch
    {
        LogicOperator.And => Left.IsTrue(context) && Right.IsTrue(context),
        LogicOperator.Or => Left.IsTrue(context) || Right.IsTrue(context),
        _ => Coerce.IsTrue(Evaluate(context)),
    };
}
