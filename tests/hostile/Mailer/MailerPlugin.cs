using CxOrchestrator.Sdk;

namespace Mailer;

/// <summary>Sends mail into a file.</summary>
public sealed class MailerPlugin : IPlugin<MailerSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, MailerSettings settings) => new MailerConnector(settings);
}
