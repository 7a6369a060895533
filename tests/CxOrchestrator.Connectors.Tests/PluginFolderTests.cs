using System.Text.Json;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests;

/// <summary>What is built of a plugin is a folder that the host can take as it is.</summary>
public sealed class PluginFolderTests
{
    [Theory]
    [InlineData("Crm.Dataverse")]
    [InlineData("Email.Graph")]
    [InlineData("Email.Imap")]
    [InlineData("Email.Smtp")]
    [InlineData("Sandbox")]
    [InlineData("Sms.Twilio")]
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
