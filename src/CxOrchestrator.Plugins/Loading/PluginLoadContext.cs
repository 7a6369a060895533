using System.Reflection;
using System.Runtime.Loader;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>
/// The world of one plugin: the contract and the runtime from the host, everything else from its own folder and only by its
/// whitelist. Two plugins can so have different versions of the same library, and none sees the host's.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _files;

    /// <summary>A context for the assemblies that a checked manifest lists.</summary>
    public PluginLoadContext(string folder, PluginManifest manifest)
        : base($"plugin:{manifest.Id}", isCollectible: true) =>
        _files = manifest.Assemblies.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => Path.GetFullPath(Path.Combine(folder, file)),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads all that is listed.</summary>
    public IReadOnlyList<Assembly> LoadAll() => [.. _files.Values.Select(LoadFromAssemblyPath)];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        if (HostAssemblies.Shared(name) is { } shared)
            return shared;

        // Texts in other languages are optional: null lets the runtime fall back to the neutral ones.
        if (!string.IsNullOrEmpty(assemblyName.CultureName) || HostAssemblies.VersionOf(name) is not null)
            return null;
        if (_files.TryGetValue(name, out var path))
            return LoadFromAssemblyPath(path);

        // Null would let the runtime look among the host's own libraries.
        throw new FileNotFoundException($"{Name} asked for {name}, which its plugin.json does not list.");
    }
}
