using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>if</c> with all its <c>else if</c> and <c>else</c>.</summary>
internal sealed class IfStatement(SourceSpan span, (Expression Condition, Block Body)[] branches, Block? otherwise) : Statement(span)
{
    /// <summary>Conditions with what belongs to them, in order.</summary>
    public IReadOnlyList<(Expression Condition, Block Body)> Branches => branches;

    /// <summary>The <c>else</c>, or null.</summary>
    public Block? Otherwise { get; } = otherwise;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children
    {
        get
        {
            foreach (var (condition, body) in branches)
            {
                yield return condition;
                yield return body;
            }

            if (Otherwise is not null) yield return Otherwise;
        }
    }

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition.IsTrue(context)) return body.Execute(context);
        }

        return Otherwise?.Execute(context) ?? Flow.Next;
    }
}
