using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A string with expressions in it.</summary>
internal sealed class InterpolatedString(SourceSpan span, Expression[] parts) : Expression(span)
{
    /// <summary>Texts and expressions in order.</summary>
    public IReadOnlyList<Expression> Parts { get; } = parts;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => parts;

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        object? joined = "";
        foreach (var part in parts) joined = Operators.Joined(context, joined, part.Evaluate(context));
        return joined;
    }
}
