using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Throws from Connect.</summary>
public sealed class ThrowsInConnect : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => throw new NotSupportedException("no such region");
}
