namespace CxOrchestrator.Templating.Lexing;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First character.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Value">
/// Decoded string, name, number or text; for <see cref="TokenKind.CodeEnter"/> the indentation to keep, or null;
/// for <see cref="TokenKind.Error"/> the message.
/// </param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string? Value = null);
