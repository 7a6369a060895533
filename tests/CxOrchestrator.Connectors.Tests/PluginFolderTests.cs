using System.Text.Json;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests;

/// <summary>What is built of a plugin is a folder that the host can take as it is.</summary>
public sealed class PluginFolderTests
{
    /// <summary>Every plugin, so that none is left out.</summary>
    public static TheoryData<string> Plugins => new([.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "plugins"))
        .Where(folder => File.Exists(Path.Combine(folder, "plugin.json"))).Select(folder => Path.GetFileName(folder)).Order()]);

    [Theory]
    [MemberData(nameof(Plugins))]
    public void The_built_folder_holds_the_manifest_and_its_assemblies_and_nothing_of_the_host(string plugin)
    {
        // .../bin/<configuration>/net10.0/ of the tests tells which configuration was built.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = Path.Combine(Repository.Root, "plugins", plugin, "bin", configuration, "net10.0");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "plugin.json")));
        var allowed = manifest.RootElement.GetProperty("assemblies").EnumerateArray().Select(name => name.GetString());

        Assert.Equal(allowed.Order(), Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }
}
