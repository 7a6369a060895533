using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>SMS and WhatsApp by Twilio's Programmable Messaging (API 2010-04-01): the entry that <c>plugin.json</c> names.</summary>
public sealed class TwilioPlugin : IPlugin<TwilioSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, TwilioSettings settings) => new TwilioConnector(context, settings);
}
