using System.Diagnostics;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Installed;

public sealed class FolderHashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderHashTests()
    {
        Directory.CreateDirectory(_folder.PathOf("a"));
        File.WriteAllText(_folder.PathOf("plugin.json"), "{}");
        File.WriteAllText(_folder.PathOf("a", "b.dll"), "bytes");
        File.WriteAllText(_folder.PathOf("a.txt"), "words");
    }

    [Fact]
    public async Task Anybody_can_make_it_without_this_program()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var start = new ProcessStartInfo("sh", ["-c", @"find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal("sha256:" + output.Split(' ')[0], FolderHash.Of(_folder.Path));
    }

    [Fact]
    public void Whatever_changes_in_the_folder_changes_it()
    {
        var hashes = new List<string> { FolderHash.Of(_folder.Path) };
        File.WriteAllText(_folder.PathOf("a", "b.dll"), "bytez");
        hashes.Add(FolderHash.Of(_folder.Path));
        File.Move(_folder.PathOf("a", "b.dll"), _folder.PathOf("a", "c.dll"));
        hashes.Add(FolderHash.Of(_folder.Path));
        File.WriteAllText(_folder.PathOf(".hidden"), "");
        hashes.Add(FolderHash.Of(_folder.Path));
        File.CreateSymbolicLink(_folder.PathOf("link"), "/etc/hostname");
        hashes.Add(FolderHash.Of(_folder.Path));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();
}
