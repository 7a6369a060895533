using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>capture x … end</c>: what the block prints becomes the value of a variable.</summary>
internal sealed class CaptureStatement(SourceSpan span, Reference target, Block body) : Statement(span)
{
    /// <summary>What is set.</summary>
    public Reference Target { get; } = target;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Target, body];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var outer = context.Output;
        context.Output = context.NewOutput();
        context.Output.Indent = outer.Indent;
        var flow = body.Execute(context);
        var text = context.Output.Finish();
        context.Output = outer;
        context.Charge(text.Length);
        Target.Assign(context, context.Rendered(text));
        return flow;
    }
}
