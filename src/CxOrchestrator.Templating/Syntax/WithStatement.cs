using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>with x … end</c>: the members of an object are variables inside.</summary>
internal sealed class WithStatement(SourceSpan span, Expression target, Block body) : Statement(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [target, body];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var value = target.Evaluate(context);
        var members = value as IReadOnlyDictionary<string, object?> ??
            throw new TemplateFault(target.Span, $"`{target.Span}` is {Kind.Phrase(value)}; `with` needs an object.");
        var depth = context.Globals.Depth;
        context.Globals.PushObject(members);
        var flow = body.Execute(context);
        context.Globals.Depth = depth;
        return flow;
    }
}
