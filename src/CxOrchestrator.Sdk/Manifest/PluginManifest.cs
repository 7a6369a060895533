namespace CxOrchestrator.Sdk;

/// <summary>
/// The content of <c>plugin.json</c>, read and checked before any assembly of the plugin is loaded. Unknown keys are errors.
/// </summary>
public sealed record PluginManifest
{
    /// <summary>Unique id in lower case with dots and dashes, for example <c>email.smtp</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin's own version, SemVer 2.0.</summary>
    public required string Version { get; init; }

    /// <summary>Versions of the SDK it works with, as a NuGet version range, for example <c>[0.1,1.0)</c>.</summary>
    public required string Sdk { get; init; }

    /// <summary>The assembly with the entry type, a file name in the plugin's folder.</summary>
    public required string Assembly { get; init; }

    /// <summary>Full name of the class that implements <see cref="IPlugin"/>.</summary>
    public required string EntryType { get; init; }

    /// <summary>What its connectors can do.</summary>
    public required IReadOnlyList<Capability> Capabilities { get; init; }

    /// <summary>File names of all assemblies that may be loaded from the plugin's folder; nothing else is.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }
}
