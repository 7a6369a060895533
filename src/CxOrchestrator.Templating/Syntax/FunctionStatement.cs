using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>func f … end</c> or <c>f(x) = …</c>.</summary>
internal sealed class FunctionStatement(SourceSpan span, Reference name, FunctionLiteral function) : Statement(span)
{
    /// <summary>What holds the function.</summary>
    public Reference Name { get; } = name;

    /// <summary>The function.</summary>
    public FunctionLiteral Function { get; } = function;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Name, Function];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        Name.Assign(context, Function.Evaluate(context));
        return Flow.Next;
    }
}
