using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.HelpdeskZammad;

/// <summary>Tickets in Zammad: the entry that <c>plugin.json</c> names.</summary>
public sealed class ZammadPlugin : IPlugin<ZammadSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, ZammadSettings settings) => new ZammadConnector(context, settings);
}
