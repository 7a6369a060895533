using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An expression that names a place: it may hold a function, which reading calls, and some can be assigned to.</summary>
internal abstract class Reference(SourceSpan span) : Expression(span)
{
    /// <inheritdoc/>
    public sealed override object? Evaluate(RenderContext context)
    {
        var value = EvaluateUncalled(context);
        return value is Callable function ? Call.WithoutArguments(context, function, Span) : value;
    }

    /// <inheritdoc/>
    public abstract override object? EvaluateUncalled(RenderContext context);

    /// <summary>Can it be assigned to?</summary>
    public virtual bool IsAssignable => true;

    /// <summary>Sets the place.</summary>
    public abstract void Assign(RenderContext context, object? value);
}
