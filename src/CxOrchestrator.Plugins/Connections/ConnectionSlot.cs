using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>A configured connection's place in the host, live or not.</summary>
internal sealed class ConnectionSlot(ConnectionPlan plan, string key)
{
    private volatile LiveConnection? _live;
    private volatile Canary? _canary;

    /// <summary>What the configuration says.</summary>
    public ConnectionPlan Plan { get; } = plan;

    /// <summary>Its key on the board.</summary>
    public string Key { get; } = key;

    /// <summary>What its plugin claims; empty where the plugin is unknown.</summary>
    public IReadOnlyList<Capability> Claims { get; set; } = [];

    /// <summary>The version of the plugin that made <see cref="Live"/>.</summary>
    public LoadedPlugin? Plugin { get; set; }

    /// <summary>The connection itself, once it stands.</summary>
    public LiveConnection? Live
    {
        get => _live;
        set => _live = value;
    }

    /// <summary>The connector of a version on trial, while there is one.</summary>
    public Canary? Canary
    {
        get => _canary;
        set => _canary = value;
    }

    /// <summary>True from when it was taken out of the configuration until its last call has ended.</summary>
    public bool Removing { get; set; }
}
