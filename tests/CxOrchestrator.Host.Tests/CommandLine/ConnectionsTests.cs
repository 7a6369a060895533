using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class ConnectionsTests : IDisposable
{
    private const string Secret = "hunter2-and-more";

    private readonly TemporaryFolder _plugins = new();
    private readonly Calls _calls;

    public ConnectionsTests() => _calls = new Calls(new
    {
        Plugins = new { Folder = _plugins.Path },
        Connections = new[] { new { Name = "old texts", Plugin = "well-behaved" } },
    });

    [Fact]
    public async Task A_connection_is_added_listed_tested_switched_off_and_on()
    {
        await PluginsAsync("well-behaved");
        var (exitCode, output) = await _calls.RunAsync("connections", "add", "new texts", "--plugin", "well-behaved", "--set", "Greeting=hi", "--set", "Volume=3", "--set", "ApiKey=env:PATH");
        Assert.True(exitCode == 0, output);
        Assert.Contains("cxo connections test \"new texts\"", output, StringComparison.Ordinal);

        (exitCode, output) = await _calls.RunAsync("connections", "list");
        Assert.Equal(0, exitCode);
        Assert.Matches("│ old texts +│ well-behaved +│ SmsSender, HealthProbe +│ Ready +│ appsettings.json, Connections:0", output);
        Assert.Matches("│ new texts +│ well-behaved +│ SmsSender, HealthProbe +│ Ready +│ .*new texts.json", output);

        (exitCode, output) = await _calls.RunAsync("connections", "test", "NEW TEXTS");
        Assert.Equal(0, exitCode);
        Assert.Contains("new texts works: fine", output, StringComparison.Ordinal);

        foreach (var name in new[] { "old texts", "new texts" })
        {
            Assert.Equal(0, (await _calls.RunAsync("connections", "disable", name)).ExitCode);
            Assert.Matches($"│ {name} +│ well-behaved +│[^│]+│ Disabled", (await _calls.RunAsync("connections", "list")).Output);
            (exitCode, output) = await _calls.RunAsync("connections", "test", name);
            Assert.Equal(1, exitCode);
            Assert.Contains("is Disabled", output, StringComparison.Ordinal);
            Assert.Equal(0, (await _calls.RunAsync("connections", "enable", name)).ExitCode);
            Assert.Equal(0, (await _calls.RunAsync("connections", "test", name)).ExitCode);
        }

        Assert.Equal(["new texts.json"], Directory.EnumerateFiles(Path.Combine(_calls.Folder, "data", "connections.d")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Settings_are_asked_for_by_the_form_and_a_secret_is_never_echoed()
    {
        await PluginsAsync("well-behaved");
        var (exitCode, output) = await _calls.TypeAsync(["hallo", "", Secret, "env:TEXTS_KEY"], "connections", "add", "texts", "--plugin", "well-behaved");
        Assert.True(exitCode == 0, output);
        Assert.Contains("Greeting (What it says before the words)", output, StringComparison.Ordinal);
        Assert.Contains("Volume (a whole number; may stay empty)", output, StringComparison.Ordinal);
        Assert.Contains("a secret may not stand in the settings themselves", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain("TEXTS_KEY", output, StringComparison.Ordinal);
        var file = await File.ReadAllTextAsync(Path.Combine(_calls.Folder, "data", "connections.d", "texts.json"));
        Assert.Contains("\"Greeting\": \"hallo\"", file, StringComparison.Ordinal);
        Assert.Contains("\"ApiKey\": \"env:TEXTS_KEY\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain("Volume", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey=" + Secret, "ApiKey: a secret may not stand in the settings themselves")]
    [InlineData("Volume=99", "Volume: The field Volume must be between 1 and 10. (it is \"99\")")]
    [InlineData("Greting=hi", "unknown setting Greting; did you mean \"Greeting\"?")]
    [InlineData(Secret, "--set takes a setting and its value")]
    public async Task Settings_that_would_not_work_are_refused_and_nothing_is_written(string setting, string reason)
    {
        await PluginsAsync("well-behaved");
        var (exitCode, output) = await _calls.RunAsync("connections", "add", "texts", "--plugin", "well-behaved", "--set", setting);
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_calls.Folder, "data", "connections.d")));
    }

    [Theory]
    [InlineData("old texts", "well-behaved", "There is a connection \"old texts\" already, in Connections:0")]
    [InlineData("../up", "well-behaved", "the name is \"../up\"")]
    [InlineData("texts", "well-behavd", "There is no plugin \"well-behavd\". Did you mean 'well-behaved'?")]
    [InlineData("texts", "wrong-sdk", "The plugin wrong-sdk is Incompatible")]
    public async Task A_connection_that_can_not_be_is_refused(string name, string plugin, string reason)
    {
        await PluginsAsync("well-behaved", "wrong-sdk");
        var (exitCode, output) = await _calls.RunAsync("connections", "add", name, "--plugin", plugin);
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_whose_secret_is_not_there_fails_its_test_with_what_to_do()
    {
        await PluginsAsync("well-behaved");
        await _calls.RunAsync("connections", "add", "texts", "--plugin", "well-behaved", "--set", "ApiKey=env:CXO_NOT_THERE");
        var (exitCode, output) = await _calls.RunAsync("connections", "test", "texts");
        Assert.Equal(1, exitCode);
        Assert.Contains("the environment variable CXO_NOT_THERE is not set", output, StringComparison.Ordinal);
        Assert.Equal(0, (await _calls.RunAsync("connections", "test", "old texts")).ExitCode);
    }

    [Fact]
    public async Task A_connection_that_does_not_work_fails_its_test()
    {
        await PluginsAsync("throws-from-every-call", "well-behaved");
        await _calls.RunAsync("connections", "add", "broken", "--plugin", "throws-from-every-call");
        var (exitCode, output) = await _calls.RunAsync("connections", "test", "broken");
        Assert.Equal(1, exitCode);
        Assert.Contains("the service refused nobody", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_with_the_nearest()
    {
        await PluginsAsync("well-behaved");
        foreach (var verb in new[] { "test", "enable", "disable" })
            Assert.Contains("There is no connection \"old text\". Did you mean 'old texts'?", (await _calls.RunAsync("connections", verb, "old text")).Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _plugins.Dispose();
    }

    private Task PluginsAsync(params string[] names) => HostilePlugins.HostilePlugins.LayOutAsync(_plugins.Path, names);
}
