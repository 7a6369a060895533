using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Parsing;

/// <summary>A statement that can't be parsed; the parser reports it and goes on behind the statement.</summary>
internal sealed class ParseFault(SourceSpan span, string message) : Exception(message)
{
    /// <summary>Where.</summary>
    public SourceSpan Span { get; } = span;
}
