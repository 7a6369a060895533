using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>Something with a value.</summary>
internal abstract class Expression(SourceSpan span) : SyntaxNode(span)
{
    /// <summary>How deep the tree below is, set by the parser, which limits it.</summary>
    public int Depth { get; set; } = 1;

    /// <summary>The value; a function is called.</summary>
    public abstract object? Evaluate(RenderContext context);

    /// <summary>The value; a function is itself.</summary>
    public virtual object? EvaluateUncalled(RenderContext context) => Evaluate(context);

    /// <summary>The value as a truth.</summary>
    public virtual bool IsTrue(RenderContext context) => Coerce.IsTrue(Evaluate(context));
}
