using CxOrchestrator.Plugins.Manifest;

namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>
/// Finds the plugin in a package: the folder with <c>plugin.json</c>, which is the package's root or else the only such folder in
/// it. In a NuGet package <c>content/cxo-plugin/</c> is a good place.
/// </summary>
internal static class PackageRoot
{
    /// <summary>The entry that holds a NuGet package's signature.</summary>
    public const string SignatureFile = ".signature.p7s";

    /// <summary>What stands before the plugin's files (empty for the root, else ending in a slash), or why nothing was found.</summary>
    public static (string? Prefix, string? Fault) Find(IReadOnlyList<PackageEntry> entries)
    {
        var manifests = entries
            .Where(entry => entry.Kind == PackageEntryKind.File && (entry.Path == ManifestReader.FileName || entry.Path.EndsWith("/" + ManifestReader.FileName, StringComparison.Ordinal)))
            .Select(entry => entry.Path[..^ManifestReader.FileName.Length])
            .ToList();
        if (manifests.Contains(""))
            return ("", null);
        return manifests switch
        {
            [var only] => (only, null),
            [] => (null, $"there is no {ManifestReader.FileName} in it: it is no plugin of this program; build the plugin and name the folder of its output"),
            _ => (null, $"there is more than one {ManifestReader.FileName} in it ({string.Join(", ", manifests.Order(StringComparer.Ordinal).Select(PackagePaths.Printable))}): name the folder of the one that you mean"),
        };
    }

    /// <summary>The plugin's own files, by their path below its folder.</summary>
    public static IEnumerable<(string Path, PackageEntry Entry)> Files(Package package, string prefix) =>
        package.Entries
            .Where(entry => entry.Kind == PackageEntryKind.File && entry.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Where(entry => prefix.Length > 0 || !package.IsArchive || !IsPackaging(entry.Path))
            .Select(entry => (entry.Path[prefix.Length..], entry));

    // What NuGet itself puts beside the files.
    private static bool IsPackaging(string path) =>
        path is SignatureFile or "[Content_Types].xml"
        || path.StartsWith("_rels/", StringComparison.Ordinal)
        || path.StartsWith("package/", StringComparison.Ordinal)
        || (path.EndsWith(".nuspec", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal));
}
