using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A variable such as <c>customer</c>.</summary>
internal sealed class GlobalVariable(SourceSpan span, string name) : Reference(span)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override object? EvaluateUncalled(RenderContext context)
    {
        if (context.Globals.TryGet(Name, out var value)) return value;
        return context.Options.StrictVariables
            ? throw new TemplateFault(Span, $"There is no variable or function `{Name}`.")
            : null;
    }

    /// <inheritdoc/>
    public override void Assign(RenderContext context, object? value)
    {
        context.Charge(8);
        if (!context.Globals.Set(Name, value)) throw new TemplateFault(Span, $"`{Name}` is read-only and can't be set.");
    }
}
