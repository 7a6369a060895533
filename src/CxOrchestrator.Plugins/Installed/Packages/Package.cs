using System.IO.Compression;

namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>An opened folder, zip file or NuGet package: what lies in it, unpacked by nobody yet.</summary>
internal sealed class Package : IDisposable
{
    private const int UnixKindMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    private readonly ZipArchive? _archive;

    private Package(string path, IReadOnlyList<PackageEntry> entries, ZipArchive? archive)
    {
        Path = path;
        Entries = entries;
        _archive = archive;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Its name, for the book.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>True for a zip file and a NuGet package, which is one.</summary>
    public bool IsArchive => _archive is not null;

    /// <summary>All that is in it.</summary>
    public IReadOnlyList<PackageEntry> Entries { get; }

    /// <summary>Opens a folder or an archive.</summary>
    /// <exception cref="IOException">There is none, or it can't be read.</exception>
    /// <exception cref="InvalidDataException">It is neither a folder nor an archive, or is larger than any plugin.</exception>
    public static Package Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            // One more than is allowed is enough to be refused; a whole disk need not be walked for it.
            return new Package(full, [.. Below(new DirectoryInfo(full), "").Take(PackageLimits.Files + 1)], null);
        }

        if (!File.Exists(full))
            throw new FileNotFoundException($"There is no folder and no file {full}: name a plugin's folder, zip file or NuGet package.", full);
        if (new FileInfo(full).Length > PackageLimits.PackageBytes)
            throw new InvalidDataException($"{full} is larger than {PackageLimits.PackageBytes} bytes: no plugin is; see whether it is the right file.");
        try
        {
            var archive = ZipFile.OpenRead(full);
            return new Package(full, [.. archive.Entries.Select(EntryOf)], archive);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"{full} is neither a folder nor a zip file or NuGet package that can be read ({damaged.Message}): get it again.", damaged);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static PackageEntry EntryOf(ZipArchiveEntry entry)
    {
        var unix = (entry.ExternalAttributes >> 16) & UnixKindMask;
        var kind = unix switch
        {
            UnixFolder => PackageEntryKind.Folder,
            0 or UnixFile => entry.FullName.EndsWith('/') ? PackageEntryKind.Folder : PackageEntryKind.File,
            _ => PackageEntryKind.Other,
        };
        return new PackageEntry(entry.FullName, kind, entry.Length, entry.Open);
    }

    private static IEnumerable<PackageEntry> Below(DirectoryInfo folder, string prefix)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is not null || (entry.Attributes & FileAttributes.Device) != 0)
                yield return new PackageEntry(path, PackageEntryKind.Other, 0, () => Stream.Null);
            else if (entry is DirectoryInfo below)
                foreach (var inner in Below(below, path + "/"))
                    yield return inner;
            else
                yield return new PackageEntry(path, PackageEntryKind.File, ((FileInfo)entry).Length, () => FolderHash.Open((FileInfo)entry));
        }
    }
}
