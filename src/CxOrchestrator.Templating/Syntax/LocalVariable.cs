using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A variable such as <c>$name</c>, and the arguments <c>$</c>.</summary>
internal sealed class LocalVariable(SourceSpan span, string name) : Reference(span)
{
    /// <summary>The name without the dollar sign; empty for <c>$</c> itself.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context)
    {
        if (Name.Length == 0) return context.Locals.Arguments;
        if (context.Locals.TryGet(Name, out var value)) return value;
        return context.Options.StrictVariables && Name != "$"
            ? throw new TemplateFault(Span, $"There is no variable `${Name}`.")
            : null;
    }

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value)
    {
        context.Charge(8);
        if (Name is "" or "$" || context.Locals.IsReadOnly(Name))
            throw new TemplateFault(Span, $"`${Name}` is read-only and can't be set.");
        context.Locals.Set(Name, value);
    }
}
