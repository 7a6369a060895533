using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A part of a template, ready to be evaluated. Immutable after parsing.</summary>
internal abstract class SyntaxNode(SourceSpan span)
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>Its parts in order, for analysis.</summary>
    public abstract IEnumerable<SyntaxNode> Children { get; }
}
