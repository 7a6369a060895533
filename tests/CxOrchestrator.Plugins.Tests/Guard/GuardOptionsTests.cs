using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Tests.Guard;

public sealed class GuardOptionsTests
{
    [Fact]
    public void The_defaults_are_pinned() => Assert.Equal(
        [
            "TimeLimit=00:00:30", "ReadRetries=2", "Concurrency=16", "SlotWait=00:00:05", "CallsPerSecond=0", "FailuresToOpen=5",
            "OpenFor=00:00:10", "OpeningsToQuarantine=10", "QuarantineFor=00:15:00",
        ],
        SettingsForm.Describe(typeof(GuardOptions)).Select(setting => $"{setting.Name}={setting.Default}"));

    [Theory]
    [InlineData("Guard", typeof(GuardOptions))]
    [InlineData("Health", typeof(HealthOptions))]
    [InlineData("Plugins", typeof(PluginsOptions))]
    public void The_settings_file_shows_every_option_with_its_default(string section, Type options)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Repository.PathOf("appsettings.json")).Build().GetSection(section);

        Assert.Equal(
            SettingsForm.Describe(options).Select(setting => $"{setting.Name}={setting.Default}").Order(),
            file.AsEnumerable(makePathsRelative: true)
                .Where(pair => pair.Key.Length > 0 && !file.GetSection(pair.Key).GetChildren().Any())
                .Select(pair => $"{pair.Key}={pair.Value}")
                .Order());
    }
}
