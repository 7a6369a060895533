using System.IO.Compression;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Installed;

/// <summary>An installer over a folder of its own, and plugins to install with it.</summary>
internal sealed class AnInstaller : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnInstaller()
    {
        Directory.CreateDirectory(BundledFolder);
        Book = new InstalledBook(DataFolder, TimeProvider.System);
        Installer = new PluginInstaller(Book, BundledFolder, TimeProvider.System);
    }

    public InstalledBook Book { get; }

    public PluginInstaller Installer { get; }

    public string DataFolder => _folder.PathOf("data");

    public string BundledFolder => _folder.PathOf("bundled");

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    /// <summary>The folder of the well-behaved plugin under an id and a version, with its manifest changed where that is asked for.</summary>
    public async Task<string> PluginAsync(string version = "1.0.0", Func<string, string>? manifest = null, string fixture = "well-behaved", string? into = null)
    {
        var place = into ?? _folder.PathOf($"sources-{Path.GetRandomFileName()}");
        await HostilePlugins.HostilePlugins.LayOutAsync(place, fixture);
        var file = Path.Combine(place, fixture, "plugin.json");
        var text = (await File.ReadAllTextAsync(file)).Replace("\"version\": \"1.2.3\"", $"\"version\": \"{version}\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, manifest is null ? text : manifest(text));
        return Path.Combine(place, fixture);
    }

    /// <summary>A zip file of a folder, its files below a prefix.</summary>
    public string Zip(string folder, string prefix = "", string name = "plugin.zip", Action<ZipArchive>? also = null)
    {
        var path = _folder.PathOf($"{Path.GetRandomFileName()}-{name}");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            archive.CreateEntryFromFile(file, prefix + Path.GetRelativePath(folder, file).Replace('\\', '/'));
        also?.Invoke(archive);
        return path;
    }

    public Task<InstallOutcome> InstallAsync(string source, Func<InstallRequest, InstallRequest>? how = null)
    {
        var request = new InstallRequest { Source = source };
        return Installer.InstallAsync(how is null ? request : how(request), CancellationToken.None);
    }

    /// <summary>Installs a version of the well-behaved plugin that nothing speaks against.</summary>
    public async Task<InstallDone> InstalledAsync(string version, Func<InstallRequest, InstallRequest>? how = null)
    {
        var outcome = await InstallAsync(await PluginAsync(version), how);
        Assert.Empty(outcome.Faults);
        return outcome.Done!;
    }

    /// <summary>Every file below the data folder but the locks.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(DataFolder)
        ? [.. Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(DataFolder, file)).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => _folder.Dispose();
}
