using System.IO.Compression;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class PluginsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Calls _calls;

    public PluginsTests()
    {
        Directory.CreateDirectory(_folder.PathOf("bundled"));
        _calls = new Calls(new { Plugins = new { Folder = _folder.PathOf("bundled") }, Connections = Array.Empty<object>() });
    }

    [Fact]
    public async Task A_plugin_is_installed_listed_upgraded_verified_and_removed()
    {
        var (exitCode, output) = await _calls.RunAsync("plugins", "install", await PluginAsync("1.0.0"));
        Assert.True(exitCode == 0, output);
        var hash = FolderHash.Of(await PluginAsync("1.0.0"));
        Assert.Contains($"hash    {hash}", output, StringComparison.Ordinal);
        Assert.Contains("signed  none", output, StringComparison.Ordinal);
        Assert.Contains("well-behaved 1.0.0 is active; its hash is pinned", output, StringComparison.Ordinal);

        (exitCode, output) = await _calls.RunAsync("plugins", "upgrade", await PluginAsync("1.1.0"), "--share", "0.25");
        Assert.True(exitCode == 0, output);
        Assert.Contains("candidate, 25% of the calls", output, StringComparison.Ordinal);

        (exitCode, output) = await _calls.RunAsync("plugins", "list");
        Assert.Equal(0, exitCode);
        Assert.Matches("│ well-behaved +│ 1.0.0 +│ Ready", output);
        Assert.Matches($"│ well-behaved +│ 1.0.0 +│ active +│ {hash[7..19]} ", output);
        Assert.Matches("│ well-behaved +│ 1.1.0 +│ candidate, 25%", output);

        (exitCode, output) = await _calls.RunAsync("plugins", "verify");
        Assert.Equal(0, exitCode);
        Assert.Contains("2 installed versions, nothing changed since", output, StringComparison.Ordinal);

        Assert.Equal(0, (await _calls.RunAsync("plugins", "remove", "well-behaved")).ExitCode);
        Assert.Equal(1, (await _calls.RunAsync("plugins", "remove", "well-behaved")).ExitCode);
    }

    [Fact]
    public async Task Every_plugin_that_comes_with_the_program_would_pass_an_install()
    {
        foreach (var plugin in Directory.EnumerateDirectories(Calls.BundledPlugins))
        {
            var (exitCode, output) = await _calls.RunAsync("plugins", "install", plugin);
            Assert.True(exitCode == 0, output);
        }
    }

    [Fact]
    public async Task Every_reason_of_a_refusal_is_told_and_the_exit_code_says_so()
    {
        await _calls.RunAsync("plugins", "install", await PluginAsync("2.0.0"));
        var (exitCode, output) = await _calls.RunAsync("plugins", "install", await PluginAsync("1.0.0"), "--expect-hash", "sha256:" + new string('0', 64));
        Assert.Equal(1, exitCode);
        Assert.Contains("refused its files were tampered with", output, StringComparison.Ordinal);
        Assert.Contains("refused version 1.0.0 is older than 2.0.0", output, StringComparison.Ordinal);
        Assert.Contains("Nothing of", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_escaping_archive_is_refused_with_its_reason()
    {
        var zip = _folder.PathOf("plugin.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
            archive.CreateEntry("../../escaped.dll");
        var (exitCode, output) = await _calls.RunAsync("plugins", "install", zip);
        Assert.Equal(1, exitCode);
        Assert.Contains("refused \"../../escaped.dll\" leads outside the plugin's folder", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_calls.Folder, "escaped.dll")));
    }

    [Fact]
    public async Task Verifying_names_the_plugin_of_a_changed_file()
    {
        await _calls.RunAsync("plugins", "install", await PluginAsync("1.0.0"));
        await File.AppendAllTextAsync(Path.Combine(_calls.Folder, "data", "plugins", "well-behaved", "1.0.0", "WellBehaved.dll"), "x");
        var (exitCode, output) = await _calls.RunAsync("plugins", "verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("well-behaved 1.0.0: WellBehaved.dll was changed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_a_connection_uses_is_not_removed()
    {
        await _calls.RunAsync("plugins", "install", await PluginAsync("1.0.0"));
        await _calls.RunAsync("connections", "add", "texts", "--plugin", "well-behaved");
        var (exitCode, output) = await _calls.RunAsync("plugins", "remove", "well-behaved");
        Assert.Equal(1, exitCode);
        Assert.Contains("is used by texts", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--now", "--share", "0.5")]
    [InlineData("--share", "7")]
    [InlineData("--expect-hash", "abc")]
    public async Task Words_that_make_no_sense_are_told(params string[] words)
    {
        var (exitCode, output) = await _calls.RunAsync(["plugins", "install", await PluginAsync("1.0.0"), .. words]);
        Assert.Equal(1, exitCode);
        Assert.Contains(words[0], output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _folder.Dispose();
    }

    private async Task<string> PluginAsync(string version)
    {
        var folder = _folder.PathOf(version);
        await HostilePlugins.HostilePlugins.LayOutAsync(folder, "well-behaved");
        var manifest = Path.Combine(folder, "well-behaved", "plugin.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("1.2.3", version, StringComparison.Ordinal));
        return Path.Combine(folder, "well-behaved");
    }
}
