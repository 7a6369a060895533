using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Manifest;

/// <summary>What reading a <c>plugin.json</c> gave.</summary>
/// <param name="Manifest">The manifest, or null where it has faults.</param>
/// <param name="Id">The id, where at least that could be read.</param>
/// <param name="Name">The name for people, where it could be read.</param>
/// <param name="Faults">All that is wrong with it, each with its line where it has one.</param>
internal sealed record ManifestReading(PluginManifest? Manifest, string? Id, string? Name, IReadOnlyList<string> Faults);
