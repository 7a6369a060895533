using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Installed;

namespace CxOrchestrator.Plugins.Tests.Installed;

public sealed class InstallTests : IDisposable
{
    private readonly AnInstaller _installer = new();

    [Fact]
    public async Task A_folder_a_zip_file_and_a_package_of_the_same_files_have_the_same_hash()
    {
        var folder = await _installer.PluginAsync();
        string[] sources =
        [
            folder, _installer.Zip(folder), _installer.Zip(folder, "well-behaved-1.0.0/"), _installer.Zip(folder, "content/cxo-plugin/", "p.nupkg", archive => archive.CreateEntry("p.nuspec")),
            _installer.Zip(folder, "", "p.nupkg", archive =>
            {
                archive.CreateEntry("p.nuspec");
                archive.CreateEntry("[Content_Types].xml");
                archive.CreateEntry("_rels/.rels");
                archive.CreateEntry("package/services/metadata/core-properties/1.psmdcp");
            }),
        ];
        foreach (var source in sources)
        {
            var outcome = await _installer.InstallAsync(source);
            Assert.Empty(outcome.Faults);
            Assert.Equal(FolderHash.Of(folder), outcome.Hash);
            Assert.Equal(source == folder, outcome.Done!.Changed);
        }

        var about = _installer.Book.Read().Find("well-behaved")!.Versions["1.0.0"];
        Assert.Equal((FolderHash.Of(folder), "well-behaved", "none"), (about.Hash, about.From, about.Signature));
    }

    [Fact]
    public async Task An_upgrade_is_a_candidate_with_a_share_of_the_calls_first()
    {
        await _installer.InstalledAsync("1.0.0");
        var plugin = (await _installer.InstalledAsync("1.1.0")).Plugin;
        Assert.Equal(("1.0.0", "1.1.0", 0.1), (plugin.Active, plugin.Candidate!.Version, plugin.Candidate.Share));
        Assert.True(Directory.Exists(_installer.Book.FolderOf("well-behaved", "1.0.0")));
        Assert.Equal(0.5, (await _installer.InstalledAsync("1.2.0", request => request with { Share = 0.5 })).Plugin.Candidate!.Share);
    }

    [Fact]
    public async Task An_upgrade_with_now_is_active_at_once_and_remembers_what_was()
    {
        await _installer.InstalledAsync("1.0.0");
        var plugin = (await _installer.InstalledAsync("1.1.0", request => request with { Now = true })).Plugin;
        Assert.Equal(("1.1.0", null, "1.0.0"), (plugin.Active, plugin.Candidate, plugin.Previous));
    }

    [Fact]
    public async Task An_upgrade_of_a_plugin_that_came_with_the_program_keeps_that_one_to_go_back_to()
    {
        await _installer.PluginAsync("1.0.0", into: _installer.BundledFolder);
        var plugin = (await _installer.InstalledAsync("1.1.0", request => request with { MustBeThere = true })).Plugin;
        Assert.Equal(("1.0.0", "1.1.0"), (plugin.Active, plugin.Candidate!.Version));
        Assert.All(InstalledCheck.All(_installer.Book), check => Assert.Empty(check.Faults));
        Assert.Contains("comes with the program", Assert.Single((await new AnInstallerOn(_installer).SameAsync()).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_install_left_is_cleared_away_and_in_nobodys_way()
    {
        var half = Directory.CreateDirectory(Path.Combine(_installer.Book.Folder, ".half-abc", "deep")).FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "file"), "x");
        // Killed after the files were moved, before the book was written.
        var moved = Directory.CreateDirectory(_installer.Book.FolderOf("well-behaved", "1.0.0")).FullName;
        await File.WriteAllTextAsync(Path.Combine(moved, "old.txt"), "x");
        Assert.Empty(InstalledCheck.All(_installer.Book));

        await _installer.InstalledAsync("1.0.0");

        Assert.False(Directory.Exists(half));
        Assert.False(File.Exists(Path.Combine(moved, "old.txt")));
        Assert.Empty(Assert.Single(InstalledCheck.All(_installer.Book)).Faults);
    }

    [Fact]
    public async Task A_pipe_in_a_folder_keeps_nobody_waiting()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var folder = await _installer.PluginAsync();
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder, "pipe")]))
            await made.WaitForExitAsync();
        Assert.Empty((await _installer.InstallAsync(folder)).Faults);
        Assert.Empty(Assert.Single(InstalledCheck.All(_installer.Book)).Faults);
    }

    [Fact]
    public async Task A_second_install_at_the_same_time_is_told_to_wait()
    {
        Directory.CreateDirectory(_installer.Book.Folder);
        using var other = new FileStream(Path.Combine(_installer.Book.Folder, ".install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var source = await _installer.PluginAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => _installer.InstallAsync(source));
        Assert.Contains("Another install or removal is under way", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_plugin_leaves_nothing()
    {
        await _installer.InstalledAsync("1.0.0");
        Assert.True(await _installer.Installer.RemoveAsync("well-behaved", CancellationToken.None));
        Assert.False(await _installer.Installer.RemoveAsync("well-behaved", CancellationToken.None));
        Assert.Equal([Path.Combine("plugins", "installed.json")], _installer.Files());
    }

    [Fact]
    public async Task Verifying_names_every_file_that_was_changed_taken_away_or_added()
    {
        await _installer.InstalledAsync("1.0.0");
        await _installer.InstalledAsync("1.1.0");
        var folder = _installer.Book.FolderOf("well-behaved", "1.1.0");
        await File.AppendAllTextAsync(Path.Combine(folder, "WellBehaved.dll"), "x");
        File.Delete(Path.Combine(folder, "PrivateWords.dll"));
        await File.WriteAllTextAsync(Path.Combine(folder, "spy.dll"), "x");

        var checks = InstalledCheck.All(_installer.Book);

        Assert.Empty(checks[0].Faults);
        Assert.Equal(
            ["its files have changed since they were installed", "PrivateWords.dll is missing", "WellBehaved.dll was changed", "spy.dll was added"],
            checks[1].Faults);
    }

    [Fact]
    public async Task A_changed_list_of_files_convinces_nobody()
    {
        await _installer.InstalledAsync("1.0.0");
        await File.AppendAllTextAsync(Path.Combine(_installer.Book.FolderOf("well-behaved", "1.0.0"), "WellBehaved.dll"), "x");
        await File.AppendAllTextAsync(Path.Combine(_installer.Book.Folder, "well-behaved", ".files", "1.0.0"), "x");
        Assert.Contains("the list of them has changed too", Assert.Single(InstalledCheck.All(_installer.Book)).Faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_loads_an_installed_version_in_place_of_its_bundled_namesake()
    {
        await using var host = (await new AHost().WithPluginsAsync("well-behaved")).WithConnection("texts", "well-behaved");
        var installer = new PluginInstaller(new InstalledBook(host.DataFolder, TimeProvider.System), host.PluginsFolder, TimeProvider.System);
        Assert.Empty((await installer.InstallAsync(new InstallRequest { Source = await _installer.PluginAsync("2.0.0"), Now = true }, CancellationToken.None)).Faults);

        await host.LoadedAsync();

        Assert.Equal(("2.0.0", ConnectionState.Ready), (Assert.Single(host.Connections.Plugins).Version, host.PluginReport("well-behaved").State));
        Assert.NotNull((await host.Connections.SendSmsAsync("texts")).Receipt());
    }

    [Fact]
    public async Task The_host_does_not_load_an_installed_version_whose_files_have_changed()
    {
        await using var host = (await new AHost().WithPluginsAsync("well-behaved")).WithConnection("texts", "well-behaved");
        var book = new InstalledBook(host.DataFolder, TimeProvider.System);
        await new PluginInstaller(book, host.PluginsFolder, TimeProvider.System)
            .InstallAsync(new InstallRequest { Source = await _installer.PluginAsync("2.0.0"), Now = true }, CancellationToken.None);
        await File.AppendAllTextAsync(Path.Combine(book.FolderOf("well-behaved", "2.0.0"), "plugin.json"), "\n");

        await host.LoadedAsync();

        Assert.Equal((ConnectionState.Incompatible, "its files have changed since they were installed"), (host.PluginReport("well-behaved").State, host.PluginReport("well-behaved").Reason));
        Assert.Equal(ConnectionState.Incompatible, host.Report("texts").State);
    }

    [Fact]
    public async Task A_book_that_can_not_be_read_puts_no_older_version_in_force()
    {
        await using var host = (await new AHost().WithPluginsAsync("well-behaved")).WithConnection("texts", "well-behaved");
        var book = new InstalledBook(host.DataFolder, TimeProvider.System);
        Directory.CreateDirectory(book.Folder);
        await File.WriteAllTextAsync(book.File, "{ \"format\": 1, ");

        await host.LoadedAsync();

        Assert.Equal(ConnectionState.Incompatible, host.PluginReport("well-behaved").State);
        Assert.Contains("nobody knows which version is meant", host.PluginReport("well-behaved").Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _installer.Dispose();

    /// <summary>The same version as the bundled one, on an installation that has nothing else.</summary>
    private sealed class AnInstallerOn(AnInstaller source)
    {
        public async Task<InstallOutcome> SameAsync()
        {
            var book = new InstalledBook(source.PathOf("other-data"), TimeProvider.System);
            return await new PluginInstaller(book, source.BundledFolder, TimeProvider.System)
                .InstallAsync(new InstallRequest { Source = await source.PluginAsync("1.0.0") }, CancellationToken.None);
        }
    }
}
