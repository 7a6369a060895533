namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>One file of a package, not unpacked yet.</summary>
/// <param name="Path">Its path as the package writes it; to be trusted only after <see cref="PackagePaths"/> has seen it.</param>
/// <param name="Kind">What it says that it is.</param>
/// <param name="Length">How long it says that it is, in bytes; a hostile package lies.</param>
/// <param name="Open">Opens its bytes.</param>
internal sealed record PackageEntry(string Path, PackageEntryKind Kind, long Length, Func<Stream> Open);

/// <summary>What an entry of a package is.</summary>
internal enum PackageEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder, empty or not; folders are made as files need them.</summary>
    Folder,

    /// <summary>A symbolic link, a device, or anything else that isn't bytes of its own.</summary>
    Other,
}
