using CxOrchestrator.Sdk;

namespace WellBehaved;

/// <summary>A plugin that does as it should, and stands beside the hostile ones.</summary>
public sealed class WellBehavedPlugin : IPlugin<WellBehavedSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, WellBehavedSettings settings) => new WellBehavedConnector(context, settings);
}
