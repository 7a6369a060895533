using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// A message, compiled: its parts per language. Files are named <c>LANGUAGE.subject</c>, <c>LANGUAGE.html</c>, <c>LANGUAGE.txt</c>, <c>LANGUAGE.sms</c>, for
/// example <c>pt-BR.html</c>.
/// </summary>
/// <param name="Name">Its name: the folder's.</param>
/// <param name="Version">The published version; 0 where it isn't published.</param>
/// <param name="Languages">Its parts by language tag.</param>
/// <param name="DefaultLanguage">The language for customers whose own isn't there.</param>
public sealed record MessageTemplate(
    string Name, int Version, IReadOnlyDictionary<string, MessageParts> Languages, string DefaultLanguage);

/// <summary>The parts of a message in one language; those of a channel that it doesn't go by are null.</summary>
public sealed record MessageParts(
    CompiledTemplate? Subject, CompiledTemplate? Html, CompiledTemplate? Text, CompiledTemplate? Sms);
