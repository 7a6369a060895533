using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Settings;

namespace CxOrchestrator.Plugins.Tests.Settings;

public sealed class ConnectionFilesTests
{
    private const string Texts = """{ "Name": "texts", "Plugin": "well-behaved", "Settings": { "Greeting": "hi", "Volume": 3 }, "Guard": { "Concurrency": 2 } }""";

    [Fact]
    public async Task A_connection_in_a_file_of_its_own_works_like_one_in_the_settings()
    {
        await using var host = await LoadedAsync(("texts.json", Texts));
        Assert.Equal("texts: hi, words 1.0.0, 1", (await host.Connections.SendSmsAsync("texts")).Receipt());
    }

    [Fact]
    public async Task A_name_in_the_settings_and_in_a_file_is_an_error_that_names_both_places()
    {
        await using var host = await LoadedAsync(host => host.WithConnection("Texts", "well-behaved"), ("texts.json", Texts));
        Assert.Equal(2, host.Connections.Connections.Count);
        Assert.All(host.Connections.Connections, connection =>
        {
            Assert.Equal(ConnectionState.Misconfigured, connection.Report.State);
            Assert.Contains("Connections:0", connection.Report.Reason, StringComparison.Ordinal);
            Assert.Contains("texts.json", connection.Report.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_file_with_nothing_but_enabled_switches_a_connection_of_the_settings()
    {
        await using var host = await LoadedAsync(host => host.WithConnection("texts", "well-behaved"), ("texts.json", """{ "Name": "texts", "Enabled": false }"""));
        Assert.Equal(ConnectionState.Disabled, Assert.Single(host.Connections.Connections).Report.State);
    }

    [Theory]
    [InlineData("""{ "Name": "texts", "Enabled": false }""", "has no Plugin, and the settings have no connection \"texts\"")]
    [InlineData("""{ "Name": "mails", "Plugin": "well-behaved" }""", "Name is \"mails\", and must be \"texts\" like the file's")]
    [InlineData("""{ "Name": "texts", "Plugin": "well-behaved", "Setings": {} }""", "unknown key Setings; did you mean \"Settings\"?")]
    [InlineData("""{ "Name": "texts", "Plugin": "well-behaved", "Settings": { "ApiKey": "hunter2" } }""", "Settings:ApiKey: a secret may not stand in the settings themselves")]
    [InlineData("""{ "Name": "texts", """, "is not a JSON object that can be read")]
    [InlineData("""[ "texts" ]""", "is not a JSON object that can be read")]
    public async Task A_faulty_file_faults_its_own_connection_only(string content, string reason)
    {
        await using var host = await LoadedAsync(host => host.WithConnection("good", "well-behaved"), ("texts.json", content));
        Assert.Equal(ConnectionState.Misconfigured, host.Report("texts").State);
        Assert.Contains(reason, host.Report("texts").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", host.Report("texts").Reason, StringComparison.Ordinal);
        Assert.NotNull((await host.Connections.SendSmsAsync("good")).Receipt());
    }

    [Fact]
    public async Task A_file_that_can_not_be_read_may_have_switched_its_connection_off_so_that_is_off()
    {
        await using var host = await LoadedAsync(host => host.WithConnection("texts", "well-behaved"), ("texts.json", """{ "Name": "texts", "Enabled": fal"""));
        Assert.All(host.Connections.Connections, connection => Assert.Equal(ConnectionState.Misconfigured, connection.Report.State));
    }

    [Fact]
    public async Task What_is_written_is_read_again_and_can_be_switched()
    {
        await using var host = await new AHost().WithPluginsAsync("well-behaved");
        var folder = new ConnectionFolder(host.DataFolder);
        folder.Add("texts", "well-behaved", [new("Greeting", "\"hallo\""), new("Volume", "3")]);
        folder.Switch("texts", enabled: false);
        folder.Switch("texts", enabled: true);
        await host.LoadedAsync();
        Assert.Equal("texts: \"hallo\", words 1.0.0, 1", (await host.Connections.SendSmsAsync("texts")).Receipt());
        Assert.Equal(["texts.json"], Directory.EnumerateFiles(Path.Combine(host.DataFolder, "connections.d")).Select(Path.GetFileName));
    }

    private static Task<AHost> LoadedAsync(params (string Name, string Content)[] files) => LoadedAsync(host => host, files);

    private static async Task<AHost> LoadedAsync(Func<AHost, AHost> configure, params (string Name, string Content)[] files)
    {
        var host = configure(await new AHost().WithPluginsAsync("well-behaved"));
        var folder = Directory.CreateDirectory(Path.Combine(host.DataFolder, "connections.d")).FullName;
        foreach (var (name, content) in files)
            await File.WriteAllTextAsync(Path.Combine(folder, name), content);
        return await host.LoadedAsync();
    }
}
