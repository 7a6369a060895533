using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An item such as <c>items[0]</c> or <c>customer["name"]</c>.</summary>
internal sealed class ItemAccess(SourceSpan span, Expression target, Expression index) : Reference(span)
{
    /// <summary>What the item is of.</summary>
    public Expression Target { get; } = target;

    /// <summary>Which item.</summary>
    public Expression Index { get; } = index;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target, Index];

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context)
    {
        var of = Target.Evaluate(context);
        if (of is null)
        {
            if (context.Options.NullMembersAreNull || context.Options.RelaxedTargetAccess) return null;
            throw new TemplateFault(Span, $"`{Target.Span}` is null, so it has no item `{Index.Span}`.");
        }

        var at = Index.Evaluate(context) ?? throw NullIndex();
        try
        {
            return Access.GetItem(context, of, at);
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(fault.Side == OperandSide.Right ? Index.Span : Span, fault.Message);
        }
    }

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value)
    {
        var of = Target.Evaluate(context) ??
            throw new TemplateFault(Span, $"`{Target.Span}` is null, so its item `{Index.Span}` can't be set.");
        var at = Index.Evaluate(context) ?? throw NullIndex();
        try
        {
            if (!Access.SetItem(context, of, at, value))
                throw new TemplateFault(Span, $"The item `{Index.Span}` of `{Target.Span}` is read-only and can't be set.");
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(fault.Side == OperandSide.Right ? Index.Span : Span, fault.Message);
        }
    }

    private TemplateFault NullIndex() => new(Index.Span, $"The index `{Index.Span}` of `{Target.Span}` is null.");
}
