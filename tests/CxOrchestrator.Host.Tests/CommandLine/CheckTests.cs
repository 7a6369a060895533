namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class CheckTests
{
    [Fact]
    public async Task A_fresh_installation_has_nothing_to_complain_about()
    {
        using var calls = new Calls(new { Events = new { Types = new[] { "order.returned", "ticket.reopened" } }, Connections = new[] { new { Name = "sandbox", Plugin = "sandbox" } } });
        var (exitCode, output) = await calls.RunAsync("check");
        Assert.True(exitCode == 0, output);
        Assert.Contains("All is well.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_settings_connections_and_content_are_all_told_and_the_exit_code_says_so()
    {
        using var calls = new Calls(new
        {
            Content = new { Folder = "content" },
            Connections = new object[]
            {
                new { Name = "sandbox", Plugin = "sandbox" },
                new { Name = "mail", Plugin = "email.smtp", Settings = new { Hots = "smtp.example.com" } },
                new { Name = "lost", Plugin = "email.smpt" },
            },
        });
        Directory.CreateDirectory(Path.Combine(calls.Folder, "content", "journeys"));
        await File.WriteAllTextAsync(Path.Combine(calls.Folder, "content", "journeys", "broken.yaml"), "journey: broken\npurpose: feedback\ntriger: { on: a.b }\nsteps:\n  - send: nothing-like-it\n");
        var (exitCode, output) = await calls.RunAsync("check");
        Assert.Equal(1, exitCode);
        Assert.Contains("broken.yaml:3:1", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'trigger'?", output, StringComparison.Ordinal);
        Assert.Contains("nothing-like-it", output, StringComparison.Ordinal);
        Assert.Contains("Hots", output, StringComparison.Ordinal);
        Assert.Contains("email.smpt", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plugins", "list")]
    public async Task Hostile_plugins_show_their_state_and_reason_and_the_healthy_ones_work(params string[] verb)
    {
        var folder = Directory.CreateTempSubdirectory("cxo-test-").FullName;
        try
        {
            await HostilePlugins.HostilePlugins.LayOutAsync(folder);
            var hostile = HostilePlugins.HostilePlugins.All;
            using var calls = new Calls(new
            {
                Plugins = new { Folder = folder },
                Guard = new { TimeLimit = "00:00:02" },
                Connections = hostile.Select(plugin => new { Name = plugin.Folder, Plugin = plugin.Id }),
            });
            var (exitCode, output) = await calls.RunAsync(verb);
            Assert.Equal(verb[0] == "check" ? 1 : 0, exitCode);
            foreach (var plugin in hostile)
                Assert.Contains(plugin.Folder, output, StringComparison.Ordinal);
            foreach (var reason in hostile.Where(plugin => plugin.PluginState == "Incompatible").SelectMany(plugin => plugin.PluginReason))
                Assert.Contains(reason, output, StringComparison.Ordinal);
            foreach (var healthy in hostile.Where(plugin => plugin.PluginState == "Ready" && plugin.ConnectionState == "Ready"))
                Assert.Matches($"│ {healthy.Folder} +│ {healthy.Id} +│ Ready", output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
