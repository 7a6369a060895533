namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>A message that was read up to its final dot.</summary>
/// <param name="Session">Number of the connection, from 1.</param>
/// <param name="From">Envelope sender.</param>
/// <param name="MailParameters">What stood behind it, such as <c>BODY=8BITMIME</c>.</param>
/// <param name="To">Envelope recipients that were taken.</param>
/// <param name="Data">The message's bytes, dots unstuffed.</param>
/// <param name="Reply">What was answered; null where the connection was dropped instead.</param>
/// <param name="User">Who had signed in.</param>
/// <param name="WasEncrypted">It came over TLS.</param>
public sealed record ReceivedMail(
    int Session,
    string From,
    string MailParameters,
    IReadOnlyList<string> To,
    ReadOnlyMemory<byte> Data,
    string? Reply,
    string? User,
    bool WasEncrypted);

/// <summary>A command that was read.</summary>
/// <param name="Session">Number of the connection, from 1.</param>
/// <param name="Line">The command without its line break; what follows AUTH is left out.</param>
/// <param name="HadMoreBehind">More bytes were there already: the client did not wait for the reply.</param>
public sealed record ReceivedCommand(int Session, string Line, bool HadMoreBehind);
