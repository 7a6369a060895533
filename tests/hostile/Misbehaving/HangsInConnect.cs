using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Never comes back from Connect; leaves a file so that a test can see that it is there.</summary>
public sealed class HangsInConnect : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings)
    {
        File.WriteAllText(Path.Combine(context.DataFolder, "hanging"), "");
        Forever.Block();
        return new ThrowsFromEveryCallConnector(null);
    }
}
