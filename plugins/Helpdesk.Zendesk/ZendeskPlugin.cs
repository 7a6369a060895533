using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.HelpdeskZendesk;

/// <summary>Tickets in Zendesk Support: the entry that <c>plugin.json</c> names.</summary>
public sealed class ZendeskPlugin : IPlugin<ZendeskSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, ZendeskSettings settings) => new ZendeskConnector(context, settings);
}
