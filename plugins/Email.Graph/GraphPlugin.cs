using CxOrchestrator.Plugins.EmailGraph.Identity;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailGraph;

/// <summary>E-mail through a mailbox of Exchange Online by Microsoft Graph: the entry that <c>plugin.json</c> names.</summary>
public sealed class GraphPlugin : IPlugin<GraphSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, GraphSettings settings) =>
        new GraphConnector(context, settings, Credentials.Of(settings), TimeProvider.System);
}
