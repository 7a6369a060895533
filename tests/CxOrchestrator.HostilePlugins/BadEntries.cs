namespace CxOrchestrator.HostilePlugins;

/// <summary>Plugins that load, and then have no entry type that is of use.</summary>
internal static class BadEntries
{
    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        Of("throws-in-constructor", "ThrowsInConstructor", ["SmsSender"], "constructor", "InvalidOperationException: the licence file is missing"),
        Of("hangs-in-constructor", "HangsInConstructor", ["SmsSender"], "constructor did not return within"),
        Of("no-such-type", "ThrowsOnDispoze", ["SmsSender"], "Misbehaving.dll does not have", "did you mean \"Misbehaving.ThrowsOnDispose\"?"),
        Of("not-a-plugin", "NotAPlugin", ["SmsSender"], "does not implement IPlugin"),
        Of("needs-an-argument", "NeedsAnArgument", ["SmsSender"], "no public constructor without parameters"),
        Of("claims-what-nobody-has", "ClaimsTooMuch", ["SmsSender", "Outbox"], "claims what it lacks: Outbox", "IOutbox"),
    ];

    private static HostilePlugin Of(string id, string entryType, string[] capabilities, params string[] reason) => new()
    {
        Folder = id,
        Id = id,
        Manifest = Manifests.Misbehaving(id, entryType, capabilities),
        PluginReason = reason,
        ConnectionReason = reason,
    };
}
