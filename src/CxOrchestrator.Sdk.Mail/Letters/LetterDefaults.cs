namespace CxOrchestrator.Sdk.Mail;

/// <summary>What a connection's settings say of every letter.</summary>
/// <param name="From">The visible sender where the message names none.</param>
/// <param name="MessageIdDomain">Domain of the Message-ID; null or empty: the domain of <paramref name="From"/>.</param>
public sealed record LetterDefaults(EmailAddress From, string? MessageIdDomain = null);
