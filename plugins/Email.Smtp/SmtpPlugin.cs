using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>E-mail by SMTP submission (RFC 5321, RFC 6409): the entry that <c>plugin.json</c> names.</summary>
public sealed class SmtpPlugin : IPlugin<SmtpSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, SmtpSettings settings) =>
        new SmtpConnector(context, settings, TimeProvider.System);
}
