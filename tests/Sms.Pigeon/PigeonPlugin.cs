using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsPigeon;

/// <summary>Makes a connector for each connection to Pigeon.</summary>
public sealed class PigeonPlugin : IPlugin<PigeonSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, PigeonSettings settings) => new PigeonConnector(context, settings);
}
