using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>A plugin whose entry type stands ready to make connectors.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Entry">Its entry type's one instance.</param>
/// <param name="SettingsType">The options class of its connections.</param>
/// <param name="Context">Its load context, kept so that it can be unloaded.</param>
internal sealed record LoadedPlugin(PluginManifest Manifest, IPlugin Entry, Type SettingsType, PluginLoadContext Context);
