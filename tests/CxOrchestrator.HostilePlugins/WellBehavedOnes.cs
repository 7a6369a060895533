namespace CxOrchestrator.HostilePlugins;

/// <summary>What must go on working beside all others.</summary>
internal static class WellBehavedOnes
{
    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        Of("well-behaved", "WellBehaved"),

        // The same plugin with another version of a library of its own.
        Of("well-behaved.newer", "WellBehaved.Newer"),
    ];

    private static HostilePlugin Of(string id, string build) => new()
    {
        Folder = id,
        Id = id,
        Manifest = Manifests.WellBehaved(id),
        Build = build,
        PluginState = "Ready",
        ConnectionState = "Ready",
    };
}
