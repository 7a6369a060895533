using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Installed.Packages;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>
/// Installs and removes plugins. Files are unpacked and judged in a folder of their own, moved into place as a whole, and written
/// into the book last: a process that is killed leaves at most a folder that the next install clears away. One install or removal
/// at a time; the running service changes the book beside it.
/// </summary>
public sealed class PluginInstaller
{
    private readonly InstalledBook _book;
    private readonly string _bundledFolder;
    private readonly TimeProvider _machine;
    private readonly InstallFolder _files;

    /// <summary>An installer for a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="bundledFolder">Where the plugins lie that come with the program.</param>
    /// <param name="machine">The machine's clock.</param>
    public PluginInstaller(InstalledBook book, string bundledFolder, TimeProvider machine)
    {
        _book = book;
        _bundledFolder = bundledFolder;
        _machine = machine;
        _files = new InstallFolder(book);
    }

    /// <summary>The installer of an installation, from its settings <c>Data:Folder</c> and <c>Plugins:Folder</c>.</summary>
    public static PluginInstaller Of(IConfiguration configuration, TimeProvider machine) => new(
        new InstalledBook(configuration["Data:Folder"] is { Length: > 0 } data ? data : "data", machine),
        Path.GetFullPath(configuration["Plugins:Folder"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "plugins")),
        machine);

    /// <summary>Installs a plugin, or a version of one that is there.</summary>
    /// <exception cref="IOException">Something can't be read or written; nothing was installed.</exception>
    /// <exception cref="InvalidDataException">The source is no package at all, or the book has faults.</exception>
    public async Task<InstallOutcome> InstallAsync(InstallRequest request, CancellationToken cancellation)
    {
        using var package = Package.Open(request.Source);
        var (prefix, faults) = Judge(package);
        if (faults.Count > 0)
            return new InstallOutcome(faults, null, null);

        using var alone = _files.Lock();
        var unpacked = _files.NewFolder();
        try
        {
            if (await Unpacking.UnpackAsync(package, prefix!, unpacked, cancellation) is { } damaged)
                return new InstallOutcome([damaged], null, null);
            return await InstallAsync(request, package, unpacked, cancellation);
        }
        finally
        {
            InstallFolder.Delete(unpacked);
        }
    }

    /// <summary>Takes a plugin with all its versions out of the book and off the disk; a bundled one of the same id is in force again.</summary>
    /// <returns>False where it isn't installed.</returns>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellation)
    {
        using var alone = _files.Lock();
        var there = false;
        await _book.ChangeAsync(
            state =>
            {
                there = state.Find(id) is not null;
                return there ? state.Without(id) : state;
            },
            cancellation);
        if (there)
            _files.DeletePlugin(id);
        return there;
    }

    /// <summary>True where a plugin with this id comes with the program.</summary>
    public bool IsBundled(string id) => Bundled(id) is not null;

    private static (string? Prefix, IReadOnlyList<string> Faults) Judge(Package package)
    {
        var faults = PackagePaths.Check(package.Entries).ToList();
        if (faults.Count > 0)
            return (null, [.. faults.Select(fault => $"{fault}: nothing of it was unpacked; get the plugin from where its author publishes it")]);
        var (prefix, fault) = PackageRoot.Find(package.Entries);
        return (prefix, fault is null ? [] : [fault]);
    }

    private async Task<InstallOutcome> InstallAsync(InstallRequest request, Package package, string unpacked, CancellationToken cancellation)
    {
        var hash = FolderHash.Of(unpacked);
        var found = PluginDiscovery.Look(unpacked);
        var (signature, fingerprint, unsigned) = PackageSignature.Check(package);
        List<string> faults =
        [
            .. InstallRules.Hash(request, hash), .. InstallRules.Manifest(found), .. unsigned is null ? Array.Empty<string>() : [unsigned],
            .. found.Manifest is { } read ? InstallRules.Book(request, _book, _book.Read(), Bundled(read.Id)?.Manifest, read, hash) : [],
        ];
        // The plugin's code runs for the first time here, so only where nothing speaks against it.
        if (faults.Count == 0)
            faults.AddRange(await PluginTrial.CheckAsync(found, _machine, cancellation));
        if (faults.Count > 0)
            return new InstallOutcome(faults, hash, null);
        var about = new InstalledVersion(hash, package.Name, _machine.GetUtcNow(), signature!);
        return new InstallOutcome([], hash, await PutInAsync(request, found.Manifest!, unpacked, about, fingerprint, cancellation));
    }

    private async Task<InstallDone> PutInAsync(
        InstallRequest request, PluginManifest manifest, string unpacked, InstalledVersion about, string? fingerprint, CancellationToken cancellation)
    {
        var here = _book.Read().Find(manifest.Id);
        if (here?.Versions.ContainsKey(manifest.Version) != true)
            _files.MoveIn(unpacked, manifest.Id, manifest.Version);
        // What came with the program is taken over first, so that there is something to go back to.
        var bundled = here is null ? await TakeOverAsync(manifest, cancellation) : null;
        var changed = true;
        var state = await _book.ChangeAsync(
            state =>
            {
                var before = state.Find(manifest.Id) ?? bundled;
                var after = InstallRules.PutIn(before, manifest.Version, about, request, _machine.GetUtcNow());
                changed = after != before;
                return changed ? state.With(manifest.Id, after) : state;
            },
            cancellation);
        return new InstallDone(manifest.Id, manifest.Version, state.Plugins[manifest.Id], fingerprint, changed);
    }

    private async Task<InstalledPlugin?> TakeOverAsync(PluginManifest manifest, CancellationToken cancellation)
    {
        if (Bundled(manifest.Id) is not { Manifest: { } bundled, Faults.Count: 0 } found || bundled.Version == manifest.Version)
            return null;
        using var package = Package.Open(found.Folder);
        var copy = _files.NewFolder();
        try
        {
            if (await Unpacking.UnpackAsync(package, "", copy, cancellation) is { } damaged)
                throw new InvalidDataException($"{found.Folder}: {damaged}");
            var about = new InstalledVersion(FolderHash.Of(copy), "bundled with the program", _machine.GetUtcNow(), "none");
            _files.MoveIn(copy, bundled.Id, bundled.Version);
            return InstallRules.First(bundled.Version, about);
        }
        finally
        {
            InstallFolder.Delete(copy);
        }
    }

    private FoundPlugin? Bundled(string id) =>
        Directory.Exists(_bundledFolder) ? PluginDiscovery.In(_bundledFolder).FirstOrDefault(plugin => plugin.Id == id) : null;
}
