using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>What comes into a mailbox, by IMAP4rev1 (RFC 3501): the entry that <c>plugin.json</c> names.</summary>
public sealed class ImapPlugin : IPlugin<ImapSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, ImapSettings settings) => new ImapConnector(context, settings, TimeProvider.System);
}
