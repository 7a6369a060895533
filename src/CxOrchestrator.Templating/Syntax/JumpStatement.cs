using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class JumpStatement(SourceSpan span, Flow flow) : Statement(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context) =>
        context.Loops > 0 ? flow : throw new TemplateFault(Span, $"`{Span}` can only be used inside a loop.");
}
