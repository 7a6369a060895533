using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>case</c> with its <c>when</c> and <c>else</c>.</summary>
internal sealed class CaseStatement(SourceSpan span, Expression value, Block before, (Expression[] Matches, Block Body)[] branches,
    Block? otherwise) : Statement(span)
{
    /// <summary>What is compared.</summary>
    public Expression Value { get; } = value;

    /// <summary>Values with what belongs to them, in order.</summary>
    public IReadOnlyList<(Expression[] Matches, Block Body)> Branches => branches;

    /// <summary>The <c>else</c>, or null.</summary>
    public Block? Otherwise { get; } = otherwise;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children
    {
        get
        {
            yield return Value;
            yield return before;
            foreach (var (matches, body) in branches)
            {
                foreach (var match in matches) yield return match;
                yield return body;
            }

            if (Otherwise is not null) yield return Otherwise;
        }
    }

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var value = Value.Evaluate(context);
        before.Execute(context);
        foreach (var (matches, body) in branches)
        {
            foreach (var match in matches)
            {
                if (Comparison.AreEqual(context, value, match.Evaluate(context))) return body.Execute(context);
            }
        }

        return Otherwise?.Execute(context) ?? Flow.Next;
    }
}
