namespace CxOrchestrator.HostilePlugins;

/// <summary>Plugins that load well, and whose connectors are trouble.</summary>
internal static class BadConnectors
{
    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        Of("claims-too-much", "ClaimsTooMuch", ["SmsSender", "EmailSender"], "Incompatible", "claims EmailSender, which its connector Connector does not implement"),
        Of("hangs", "Hangs", ["SmsSender", "HealthProbe"], "Degraded", "did not answer within"),
        Of("hangs-in-connect", "HangsInConnect", ["SmsSender"], "Incompatible", "Connect did not return within"),
        Of("throws-in-connect", "ThrowsInConnect", ["SmsSender"], "Misconfigured", "Connect threw NotSupportedException: no such region"),
        Of("returns-null-from-connect", "ReturnsNullFromConnect", ["SmsSender"], "Incompatible", "Connect gave back nothing"),
        Of(
            "throws-from-every-call",
            "ThrowsFromEveryCall",
            ["SmsSender", "EmailSender", "CrmReader", "HealthProbe"],
            "Degraded",
            "InvalidOperationException: the service refused nobody"),
        Of("returns-null", "ReturnsNull", ["SmsSender", "EmailSender", "CrmReader", "HealthProbe"], "Degraded", "answered with nothing (null)"),
        Of("dies-on-a-thread", "DiesOnAThread", ["HealthProbe"], "Misconfigured", "Settings:ApiKey"),
        Of("throws-on-dispose", "ThrowsOnDispose", ["SmsSender"], "Ready"),
    ];

    private static HostilePlugin Of(string id, string entryType, string[] capabilities, string state, params string[] reason) => new()
    {
        Folder = id,
        Id = id,
        Manifest = Manifests.Misbehaving(id, entryType, capabilities),
        PluginState = "Ready",
        ConnectionState = state,
        ConnectionReason = reason,
    };
}
