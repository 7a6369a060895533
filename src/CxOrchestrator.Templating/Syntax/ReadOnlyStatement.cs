using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>readonly x</c>: the variable can't be set any more.</summary>
internal sealed class ReadOnlyStatement(SourceSpan span, Reference variable) : Statement(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [variable];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        if (variable is GlobalVariable global) context.Globals.Writable().MakeReadOnly(global.Name);
        else if (variable is LocalVariable local) context.Locals.MakeReadOnly(local.Name);
        return Flow.Next;
    }
}
