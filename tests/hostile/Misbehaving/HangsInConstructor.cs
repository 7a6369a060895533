using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Never comes back from its constructor.</summary>
public sealed class HangsInConstructor : IPlugin<NoSettings>
{
    /// <summary>Blocks.</summary>
    public HangsInConstructor() => Forever.Block();

    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new ThrowsFromEveryCallConnector(null);
}
