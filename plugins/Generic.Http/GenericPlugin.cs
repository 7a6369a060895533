using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp;

/// <summary>Any HTTP service that a file describes: the entry that <c>plugin.json</c> names.</summary>
public sealed class GenericPlugin : IPlugin<GenericSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, GenericSettings settings) => new GenericConnector(context, settings);
}
