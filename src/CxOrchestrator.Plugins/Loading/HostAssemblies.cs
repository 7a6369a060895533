using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>The assemblies that plugins get from the host: the contract and the .NET runtime. Never the host's own libraries.</summary>
internal static class HostAssemblies
{
    private static readonly Dictionary<string, Assembly> SharedByName =
        new[] { typeof(IPlugin).Assembly, typeof(ILogger).Assembly }
            .ToDictionary(assembly => assembly.GetName().Name!, StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, Version?> Versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The host's own copy where host and plugin must have the same types, else null.</summary>
    public static Assembly? Shared(string name) => SharedByName.GetValueOrDefault(name);

    /// <summary>The version that the host would give a plugin that asks for this name; null where it gives none.</summary>
    public static Version? VersionOf(string name) => Versions.GetOrAdd(name, Find);

    private static Version? Find(string name)
    {
        if (Shared(name) is { } shared)
            return shared.GetName().Version;

        // Only Microsoft.NETCore.App: what else the host has, it has for itself.
        var file = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll");
        return File.Exists(file) ? AssemblyName.GetAssemblyName(file).Version : null;
    }
}
