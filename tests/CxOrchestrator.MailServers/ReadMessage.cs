namespace CxOrchestrator.MailServers;

/// <summary>A message as Python's mail parser reads it from the mailbox.</summary>
/// <param name="Uid">Its number in the mailbox, growing with time.</param>
/// <param name="Subject">The subject, decoded.</param>
/// <param name="From">The visible sender.</param>
/// <param name="To">The visible recipient.</param>
/// <param name="MessageId">Message-ID with its angle brackets.</param>
/// <param name="Text">The plain text part, or null.</param>
/// <param name="Html">The HTML part, or null.</param>
/// <param name="ReturnPath">The envelope sender, without angle brackets.</param>
/// <param name="DeliveredTo">The envelope recipient.</param>
/// <param name="Headers">All headers by name in lower case, decoded; where one comes twice, all its values.</param>
/// <param name="Defects">What the parser found wrong; empty for a message that keeps the rules.</param>
public sealed record ReadMessage(
    long Uid,
    string Subject,
    ReadAddress From,
    ReadAddress To,
    string MessageId,
    string? Text,
    string? Html,
    string ReturnPath,
    string DeliveredTo,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Headers,
    IReadOnlyList<string> Defects);

/// <summary>An address and the name before it, decoded.</summary>
public sealed record ReadAddress(string Address, string Name);
