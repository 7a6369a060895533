using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>A configured connection's place in the host, live or not.</summary>
internal sealed class ConnectionSlot(ConnectionPlan plan, string key)
{
    /// <summary>What the configuration says.</summary>
    public ConnectionPlan Plan { get; } = plan;

    /// <summary>Its key on the board.</summary>
    public string Key { get; } = key;

    /// <summary>What its plugin claims; empty where the plugin is unknown.</summary>
    public IReadOnlyList<Capability> Claims { get; set; } = [];

    /// <summary>The connection itself, once it stands.</summary>
    public LiveConnection? Live { get; set; }
}
