using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c> or <c>x--</c>.</summary>
internal sealed class Increment(SourceSpan span, Reference target, bool up, bool before) : Expression(span)
{
    /// <summary>What is changed.</summary>
    public Reference Target { get; } = target;

    /// <summary>One more rather than one less.</summary>
    public bool Up { get; } = up;

    /// <summary>The value is that after the change.</summary>
    public bool Before { get; } = before;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target];

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        var old = Target.Evaluate(context);
        try
        {
            var changed = Operators.Apply(context, Up ? BinaryOperator.Add : BinaryOperator.Subtract, old, Box.Int(1));
            Target.Assign(context, changed);
            return Before ? changed : old;
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(Span, fault.Message);
        }
    }
}
