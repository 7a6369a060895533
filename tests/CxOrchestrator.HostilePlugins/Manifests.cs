using System.Text.Json;

namespace CxOrchestrator.HostilePlugins;

/// <summary>Writes manifests that are right but for what a fixture makes wrong.</summary>
internal static class Manifests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A manifest for an entry type of the project Misbehaving.</summary>
    public static string Misbehaving(string id, string entryType, params string[] capabilities) =>
        Of(id, "Misbehaving.dll", $"Misbehaving.{entryType}", capabilities, ["Misbehaving.dll"]);

    /// <summary>A manifest for the well-behaved plugin.</summary>
    public static string WellBehaved(string id, string sdk = "[0.1,1.0)", params string[] assemblies) =>
        Of(
            id,
            "WellBehaved.dll",
            "WellBehaved.WellBehavedPlugin",
            ["SmsSender", "HealthProbe"],
            assemblies.Length > 0 ? assemblies : ["WellBehaved.dll", "PrivateWords.dll"],
            sdk);

    private static string Of(
        string id, string assembly, string entryType, string[] capabilities, string[] assemblies, string sdk = "[0.1,1.0)") =>
        JsonSerializer.Serialize(
            new { id, name = $"The plugin {id}", version = "1.2.3", sdk, assembly, entryType, capabilities, assemblies },
            Indented);
}
