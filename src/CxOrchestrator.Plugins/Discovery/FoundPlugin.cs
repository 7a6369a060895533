using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Discovery;

/// <summary>A folder with a <c>plugin.json</c>, looked at without loading anything.</summary>
/// <param name="Id">The id, or the folder's name where the manifest gives none.</param>
/// <param name="Name">The name for people, or the id.</param>
/// <param name="Folder">The full path of the folder.</param>
/// <param name="Manifest">The manifest, or null where it can't be read.</param>
/// <param name="Faults">What keeps it from being loaded; empty where nothing does.</param>
internal sealed record FoundPlugin(string Id, string Name, string Folder, PluginManifest? Manifest, IReadOnlyList<string> Faults);
