namespace CxOrchestrator.HostilePlugins;

/// <summary>One plugin folder, and what the host should say of it.</summary>
public sealed record HostilePlugin
{
    /// <summary>The name of its folder, and of the connection that uses it.</summary>
    public required string Folder { get; init; }

    /// <summary>The id in its manifest; what a connection names.</summary>
    public required string Id { get; init; }

    /// <summary>The content of its <c>plugin.json</c>, readable or not.</summary>
    public required string Manifest { get; init; }

    /// <summary>The project under <c>tests/hostile</c> whose output lies in the folder; null for none.</summary>
    public string? Build { get; init; } = "Misbehaving";

    /// <summary>Files of that output that are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The state that the plugin should be in after loading.</summary>
    public string PluginState { get; init; } = "Incompatible";

    /// <summary>What the reason of the plugin's state should hold.</summary>
    public IReadOnlyList<string> PluginReason { get; init; } = [];

    /// <summary>The state that a connection to it should be in after loading and probing.</summary>
    public string ConnectionState { get; init; } = "Incompatible";

    /// <summary>What the reason of the connection's state should hold.</summary>
    public IReadOnlyList<string> ConnectionReason { get; init; } = [];

    /// <summary>Does the last touches to the folder, such as a link; gets the folder's path.</summary>
    public Action<string>? Finish { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Folder;
}
