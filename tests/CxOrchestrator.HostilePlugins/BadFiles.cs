namespace CxOrchestrator.HostilePlugins;

/// <summary>Whitelists that reach outside, and files that are missing or are something else.</summary>
internal static class BadFiles
{
    private const string OnlyPlainNames = "only plain names of files in the plugin's own folder";

    private static string AbsolutePath => Path.Combine(HostilePlugins.OutputOf("WellBehaved"), "PrivateWords.dll");

    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        Of("escape-parent", ["WellBehaved.dll", "../well-behaved/PrivateWords.dll"], "../well-behaved/PrivateWords.dll", OnlyPlainNames),
        Of("escape-backslash", ["WellBehaved.dll", "..\\well-behaved\\PrivateWords.dll"], OnlyPlainNames),
        Of("escape-absolute", ["WellBehaved.dll", AbsolutePath], OnlyPlainNames),
        Of("escape-link", ["WellBehaved.dll", "PrivateWords.dll"], "PrivateWords.dll", "link to a file outside") with
        {
            LeftOut = ["PrivateWords.dll"],
            Finish = home => File.CreateSymbolicLink(Path.Combine(home, "PrivateWords.dll"), AbsolutePath),
        },
        Of("missing-file", ["WellBehaved.dll", "PrivateWords.dll"], "PrivateWords.dll", "not in the folder") with
        {
            LeftOut = ["PrivateWords.dll"],
        },
        Of("missing-dependency", ["WellBehaved.dll"], "WellBehaved.dll needs PrivateWords 1.0.0.0, which is missing") with
        {
            LeftOut = ["PrivateWords.dll"],
        },
        Of("unlisted-dependency", ["WellBehaved.dll"], "needs PrivateWords.dll, which is in the folder, but \"assemblies\" does not list it"),
        Of("brings-the-sdk", ["WellBehaved.dll", "PrivateWords.dll", "CxOrchestrator.Sdk.dll"], "CxOrchestrator.Sdk.dll", "the host provides"),
        Of("brings-the-runtime", ["WellBehaved.dll", "PrivateWords.dll", "System.Text.Json.dll"], "System.Text.Json.dll", "the host provides"),
        Of("not-an-assembly", ["WellBehaved.dll", "PrivateWords.dll"], "PrivateWords.dll is not a .NET assembly") with
        {
            Finish = home => File.WriteAllText(Path.Combine(home, "PrivateWords.dll"), "these are words, too"),
        },
        Of("entry-not-listed", ["PrivateWords.dll"], "\"assembly\" is \"WellBehaved.dll\", which \"assemblies\" does not list"),
    ];

    private static HostilePlugin Of(string id, string[] assemblies, params string[] reason) => new()
    {
        Folder = id,
        Id = id,
        Manifest = Manifests.WellBehaved(id, assemblies: assemblies),
        Build = "WellBehaved",
        PluginReason = reason,
        ConnectionReason = reason,
    };
}
