using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Never comes back from Connect.</summary>
public sealed class HangsInConnect : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings)
    {
        Forever.Block();
        return new ThrowsFromEveryCallConnector(null);
    }
}
