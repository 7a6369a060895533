using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>
/// Reads what a plugin's assemblies refer to from their metadata, without loading them: a dependency that is missing is told
/// here by its name, and not by the first call that needs it.
/// </summary>
internal static class AssemblyReferences
{
    /// <summary>All references that nothing would answer.</summary>
    public static IReadOnlyList<string> Check(string folder, PluginManifest manifest)
    {
        var own = manifest.Assemblies.Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. manifest.Assemblies.SelectMany(file => FaultsOf(folder, file, own!))];
    }

    private static List<string> FaultsOf(string folder, string file, HashSet<string> own)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(Path.Combine(folder, file)));
            if (!image.HasMetadata || image.GetMetadataReader() is not { IsAssembly: true } metadata)
                return [$"{file} is not a .NET assembly"];
            var faults = new List<string>();
            var name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            if (name != Path.GetFileNameWithoutExtension(file))
                faults.Add($"{file} holds the assembly {name}: its file must be called {name}.dll");
            faults.AddRange(metadata.AssemblyReferences
                .Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())
                .Select(reference => FaultOf(folder, file, reference, own))
                .OfType<string>());
            return faults;
        }
        catch (BadImageFormatException)
        {
            return [$"{file} is not a .NET assembly"];
        }
    }

    private static string? FaultOf(string folder, string file, AssemblyName reference, HashSet<string> own)
    {
        var name = reference.Name!;
        if (own.Contains(name))
            return null;
        if (HostAssemblies.VersionOf(name) is { } provided)
        {
            return reference.Version is { } asked && asked > provided
                ? $"{file} needs {name} {asked}, and this host has {provided}"
                : null;
        }

        return File.Exists(Path.Combine(folder, name + ".dll"))
            ? $"{file} needs {name}.dll, which is in the folder, but \"assemblies\" does not list it"
            : $"{file} needs {name} {reference.Version}, which is missing: neither the plugin nor the host has it";
    }
}
