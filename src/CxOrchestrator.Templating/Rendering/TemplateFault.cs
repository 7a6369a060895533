using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>An error of the template while it renders, at its place. Never leaves this assembly.</summary>
internal sealed class TemplateFault(SourceSpan span, string message) : Exception(message)
{
    /// <summary>Where it happened.</summary>
    public SourceSpan Span { get; } = span;
}
