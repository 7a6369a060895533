using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Tests.Connections;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:8025/hooks/sms%20eu")]
    [InlineData(null, "http://127.0.0.1:9000", "http://127.0.0.1:9000/hooks/sms%20eu")]
    [InlineData("https://cx.example.com/", "http://127.0.0.1:9000", "https://cx.example.com/hooks/sms%20eu")]
    [InlineData("https://cx.example.com:8443/base", null, "https://cx.example.com:8443/base/hooks/sms%20eu")]
    [InlineData("nonsense", null, null)]
    [InlineData(null, "http://0.0.0.0:8025", null)]
    [InlineData(null, "http://[::]:8025", null)]
    public void Webhooks_are_taken_at_the_public_address_else_where_the_host_listens(string? publicUrl, string? listen, string? expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Web:PublicUrl"] = publicUrl, ["Web:Listen"] = listen })
            .Build();
        var settings = HostSettings.Read(configuration, new SettingsBinder(new SecretReference(_ => null)));

        Assert.Equal(expected, settings.WebhookUrl("sms eu")?.OriginalString);
    }
}
