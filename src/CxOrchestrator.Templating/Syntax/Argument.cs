using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An argument of a call, by position or by name.</summary>
internal sealed record Argument(SourceSpan Span, string? Name, Expression Value);
