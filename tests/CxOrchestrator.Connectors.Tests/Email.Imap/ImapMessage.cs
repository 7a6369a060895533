namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>A message in the mailbox of a <see cref="ScriptedImapServer"/>.</summary>
internal sealed record ImapMessage(uint Uid, byte[] Content, DateTimeOffset ReceivedAt)
{
    public bool Seen { get; set; }
}
