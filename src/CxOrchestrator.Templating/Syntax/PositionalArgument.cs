using System.Globalization;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An argument by its number, such as <c>$0</c>.</summary>
internal sealed class PositionalArgument(SourceSpan span, int index) : Reference(span)
{
    /// <summary>From 0.</summary>
    public int Index { get; } = index;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context)
    {
        if (context.Locals.Arguments is { } arguments) return Index < arguments.Count ? arguments[Index] : null;
        if (context.Options.RelaxedTargetAccess || context.Options.NullMembersAreNull) return null;
        throw new TemplateFault(Span, $"There are no arguments here, so no `${Index.ToString(CultureInfo.InvariantCulture)}`.");
    }

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value)
    {
        if (context.Locals.Arguments is not { } arguments)
            throw new TemplateFault(Span, $"There are no arguments here, so no `{Span}` to set.");
        if (Index > 255) throw new TemplateFault(Span, "There are at most 256 arguments.");
        arguments.Set(Index, value);
    }
}
