using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>What stands behind the list of a loop.</summary>
/// <param name="Offset">Items to leave out at the start.</param>
/// <param name="Limit">Items to take; 0 or less is all.</param>
/// <param name="Columns">Columns of a <c>tablerow</c>.</param>
/// <param name="Reversed">Go through them from the last to the first.</param>
internal sealed record LoopOptions(Expression? Offset, Expression? Limit, Expression? Columns, bool Reversed)
{
    /// <summary>The expressions in it.</summary>
    public IEnumerable<SyntaxNode> Expressions => new[] { Offset, Limit, Columns }.OfType<SyntaxNode>();

    /// <summary>First item and number of items to go through.</summary>
    public (int First, int Count) Window(RenderContext context, int count)
    {
        var first = Math.Clamp(Value(context, Offset) ?? 0, 0, count);
        var limit = Value(context, Limit) ?? 0;
        return (first, limit > 0 ? Math.Min(limit, count - first) : count - first);
    }

    /// <summary>Columns of a table, at least one.</summary>
    public int ColumnCount(RenderContext context) => Math.Max(1, Value(context, Columns) ?? 1);

    private static int? Value(RenderContext context, Expression? option)
    {
        if (option is null) return null;
        if (!Coerce.TryInteger(context, option.Evaluate(context), out var value))
            throw new TemplateFault(option.Span, $"A whole number is needed here, not `{option.Span}`.");
        return (int)Math.Clamp(value, int.MinValue, int.MaxValue);
    }
}
