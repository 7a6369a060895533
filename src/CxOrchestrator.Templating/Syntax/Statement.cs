using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>Something that is done rather than evaluated.</summary>
internal abstract class Statement(SourceSpan span) : SyntaxNode(span)
{
    /// <summary>
    /// White space before the code block in which it stands, put before each further line that it prints in place of that of the
    /// blocks around; null where the code block isn't first on its line.
    /// </summary>
    public string? Indent { get; init; }

    /// <summary>Does it.</summary>
    public abstract Flow Execute(RenderContext context);
}
