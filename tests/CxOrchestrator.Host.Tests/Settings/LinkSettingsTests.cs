using CxOrchestrator.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Tests.Settings;

public sealed class LinkSettingsTests
{
    private readonly List<string> _faults = [];

    [Fact]
    public void Without_a_setting_the_data_folders_own_key_signs()
    {
        Assert.Null(Read(null).Key());
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_reference_to_32_bytes_in_base64_is_the_key()
    {
        var key = Enumerable.Range(0, 32).Select(n => (byte)n).ToArray();

        Assert.Equal(key, Read(Variable(Convert.ToBase64String(key) + "\n")).Key());
        Assert.Empty(_faults);
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_key_is_told_with_what_to_do_and_not_repeated(string text)
    {
        Read(Variable(text));

        var fault = Assert.Single(_faults);
        Assert.Contains("openssl rand -base64 32", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(text, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_the_settings_themselves_is_refused_and_not_repeated()
    {
        Read("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

        Assert.DoesNotContain("AAECAw", Assert.Single(_faults), StringComparison.Ordinal);
    }

    private static string Variable(string value)
    {
        var name = $"CXO_LINKS_{Random.Shared.NextInt64():X}";
        Environment.SetEnvironmentVariable(name, value);
        return $"env:{name}";
    }

    private LinkSettings Read(string? reference)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Links:SigningKey"] = reference }).Build();
        return LinkSettings.Read(new SettingsSection(configuration.GetSection("Links"), _faults), _faults);
    }
}
