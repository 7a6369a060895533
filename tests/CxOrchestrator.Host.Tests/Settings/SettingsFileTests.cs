using CxOrchestrator.Host.Settings;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("CXO_Logging__LogLevel__SettingsFileTests", null);
        Environment.SetEnvironmentVariable("CXO_KEY_OF_SETTINGS_FILE_TESTS", null);
        _folder.Dispose();
    }

    [Fact]
    public void A_variable_with_a_section_overrides_and_one_without_is_no_setting()
    {
        var file = _folder.PathOf("appsettings.json");
        File.WriteAllText(file, """{ "Logging": { "LogLevel": { "SettingsFileTests": "Debug" } } }""");
        Environment.SetEnvironmentVariable("CXO_Logging__LogLevel__SettingsFileTests", "Error");
        Environment.SetEnvironmentVariable("CXO_KEY_OF_SETTINGS_FILE_TESTS", "a-key-that-the-settings-point-to");

        var configuration = SettingsFile.Load(file);

        Assert.Equal("Error", configuration["Logging:LogLevel:SettingsFileTests"]);
        Assert.DoesNotContain(configuration.GetChildren(), child => child.Key.Contains("KEY_OF", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_setting_that_is_said_twice_the_last_one_counts()
    {
        var file = _folder.PathOf("appsettings.json");
        File.WriteAllText(file, "{}");

        var configuration = SettingsFile.Load(file, [new("Data:Folder", "mine"), new("data:folder", "demo")]);

        Assert.Equal("demo", configuration["Data:Folder"]);
    }
}
