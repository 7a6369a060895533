using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.NewWord;

/// <summary>Makes a connector for each connection to NewService.</summary>
public sealed class NewServicePlugin : IPlugin<NewServiceSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NewServiceSettings settings) => new NewServiceConnector(context, settings);
}
