namespace CxOrchestrator.HostilePlugins;

/// <summary>Manifests that can't be read or don't fit.</summary>
internal static class BadManifests
{
    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        Of("wrong-sdk", Manifests.WellBehaved("wrong-sdk", "[7.0,8.0)"), "[7.0,8.0)", "SDK 0.2.0"),
        Of("unparsable-sdk", Manifests.WellBehaved("unparsable-sdk", "any"), "\"any\"", "version range"),
        Of("malformed-json", "{\n  \"id\": \"malformed-json\",\n  \"name\" \"no colon\"\n}\n", "line 3", "not valid JSON"),
        Of("empty-manifest", "", "not valid JSON"),
        Of(
            "unknown-key",
            Manifests.WellBehaved("unknown-key").Replace("\"entryType\"", "\"entrytype\"", StringComparison.Ordinal),
            "unknown key \"entrytype\"; did you mean \"entryType\"?",
            "\"entryType\" is missing"),
        Of("missing-keys", "{ \"id\": \"missing-keys\" }", "\"name\" is missing", "\"sdk\" is missing", "\"assemblies\" is missing"),
        Of("twin-a", Manifests.WellBehaved("twin"), "claimed by more than one folder", "twin-a", "twin-b") with { Id = "twin" },
        Of("twin-b", Manifests.WellBehaved("twin"), "claimed by more than one folder", "twin-a", "twin-b") with { Id = "twin" },
    ];

    private static HostilePlugin Of(string id, string manifest, params string[] reason) => new()
    {
        Folder = id,
        Id = id,
        Manifest = manifest,
        Build = "WellBehaved",
        PluginReason = reason,
        ConnectionReason = ["is Incompatible", .. reason],
    };
}
