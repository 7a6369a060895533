using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Can't even be made.</summary>
public sealed class ThrowsInConstructor : IPlugin<NoSettings>
{
    /// <summary>Throws.</summary>
    public ThrowsInConstructor() => throw new InvalidOperationException("the licence file is missing");

    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new ThrowsFromEveryCallConnector(null);
}
