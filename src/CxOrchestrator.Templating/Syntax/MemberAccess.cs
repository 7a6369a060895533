using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A member such as <c>customer.name</c> or <c>customer?.name</c>.</summary>
internal sealed class MemberAccess(SourceSpan span, Expression target, string name, SourceSpan nameSpan, bool optional) : Reference(span)
{
    /// <summary>What the member is of.</summary>
    public Expression Target { get; } = target;

    /// <summary>The member's name.</summary>
    public string Name { get; } = name;

    /// <summary>Written with <c>?.</c>: null where the target is.</summary>
    public bool Optional { get; } = optional;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target];

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context)
    {
        var of = Target.Evaluate(context);
        if (of is null) return OfNull(context);
        if (Access.TryGetMember(context, of, Name, out var value)) return value;
        return context.Options.RelaxedMemberAccess || Optional
            ? null
            : throw new TemplateFault(nameSpan, $"`{Target.Span}` has no member `{Name}`.");
    }

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value)
    {
        var of = Target.Evaluate(context) ??
            throw new TemplateFault(nameSpan, $"`{Target.Span}` is null, so its member `{Name}` can't be set.");
        try
        {
            if (!Access.SetMember(context, of, Name, value))
                throw new TemplateFault(nameSpan, $"The member `{Name}` of `{Target.Span}` is read-only and can't be set.");
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(nameSpan, fault.Message);
        }
    }

    private object? OfNull(RenderContext context)
    {
        var options = context.Options;
        if (Optional || options.NullMembersAreNull || options.RelaxedTargetAccess || Name == "empty?") return null;
        throw new TemplateFault(nameSpan, $"`{Target.Span}` is null, so it has no member `{Name}`. Write ?. where it may be null.");
    }
}
