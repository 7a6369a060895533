using System.Diagnostics;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.CommandLine;

/// <summary>Real processes, killed at the moments that an install passes through.</summary>
public sealed class KilledInstallTests : IDisposable
{
    private static readonly string Executable = Path.Combine(Path.GetDirectoryName(Calls.BundledPlugins)!, "cxo.dll");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("it began to unpack", ".half-*")]
    [InlineData("the list of files was written", ".files")]
    [InlineData("the files were moved into place", "1.2.3")]
    [InlineData("the book was begun", ".installed.json.new")]
    [InlineData("the book was written", "installed.json")]
    public async Task An_install_that_is_killed_as_soon_as_something_shows_leaves_nothing_half_installed(string moment, string shows)
    {
        using var calls = new Calls(new { Plugins = new { Folder = _folder.Path }, Connections = Array.Empty<object>() });
        var source = _folder.PathOf("source");
        await HostilePlugins.HostilePlugins.LayOutAsync(source, "well-behaved");
        var plugin = Path.Combine(source, "well-behaved");
        var book = new InstalledBook(Path.Combine(calls.Folder, "data"), TimeProvider.System);

        await KillAsync(calls, plugin, () => Directory.Exists(book.Folder) && Directory.EnumerateFileSystemEntries(book.Folder, shows, SearchOption.AllDirectories).Any());

        // Whatever the moment: what the book has is whole, and what it hasn't is in nobody's way.
        Assert.All(InstalledCheck.All(book), check => Assert.Empty(check.Faults));
        var (exitCode, output) = await calls.RunAsync("plugins", "install", plugin);
        Assert.True(exitCode == 0, $"after {moment}: {output}");
        Assert.Empty(Assert.Single(InstalledCheck.All(book)).Faults);
        Assert.Empty(Directory.EnumerateDirectories(book.Folder, ".half-*"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task KillAsync(Calls calls, string plugin, Func<bool> shows)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Executable, "plugins", "install", plugin, "--settings", calls.SettingsFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        while (!process.HasExited)
        {
            try
            {
                if (shows())
                    break;
            }
            catch (IOException)
            {
                // Folders come and go under the search.
            }

            await Task.Yield();
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
