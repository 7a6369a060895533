using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A list such as <c>[1, 2]</c>.</summary>
internal sealed class ListLiteral(SourceSpan span, Expression[] items) : Expression(span)
{
    /// <summary>Its items.</summary>
    public IReadOnlyList<Expression> Items { get; } = items;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => items;

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        context.Charge(16 + (4L * items.Length));
        var list = new ScriptList(items.Length);
        foreach (var item in items) list.Add(item.Evaluate(context));
        return list;
    }
}
