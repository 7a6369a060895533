using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Installed;

public sealed class ConnectorClaimsTests
{
    [Fact]
    public void Connectors_are_found_where_connect_makes_them_and_where_it_has_them_made()
    {
        Assert.Equal([typeof(Texts)], ConnectorClaims.ConnectorsOf(typeof(Direct)));
        Assert.Equal([typeof(Texts)], ConnectorClaims.ConnectorsOf(typeof(ByFactory)));
        Assert.Equal([typeof(Mails), typeof(Texts)], ConnectorClaims.ConnectorsOf(typeof(Either)));
    }

    [Fact]
    public void Claims_are_compared_both_ways()
    {
        Assert.Empty(ConnectorClaims.Check(typeof(Direct), Claiming(Capability.SmsSender)));
        Assert.Contains("claims EmailSender", Assert.Single(ConnectorClaims.Check(typeof(Direct), Claiming(Capability.SmsSender, Capability.EmailSender))), StringComparison.Ordinal);
        Assert.Contains("implements EmailSender", Assert.Single(ConnectorClaims.Check(typeof(Either), Claiming(Capability.SmsSender))), StringComparison.Ordinal);
    }

    private static PluginManifest Claiming(params Capability[] capabilities) => new()
    {
        Id = "a", Name = "a", Version = "1.0.0", Sdk = "0.1", Assembly = "a.dll", EntryType = "A", Assemblies = ["a.dll"], Capabilities = capabilities,
    };

    private sealed class Settings;

    private sealed class Direct : IPlugin<Settings>
    {
        public IConnector Connect(ConnectionContext context, Settings settings) => new Texts();
    }

    private sealed class ByFactory : IPlugin
    {
        public Type SettingsType => typeof(Settings);

        IConnector IPlugin.Connect(ConnectionContext context, object settings)
        {
            Func<IConnector> make = () => Factory.Make<Settings>(settings);
            return make();
        }
    }

    private sealed class Either : IPlugin<Settings>
    {
        public IConnector Connect(ConnectionContext context, Settings settings) => context.Connection switch
        {
            "texts" => new Texts(),
            "mails" => new Mails(),
            _ => throw new NotSupportedException(),
        };
    }

    private static class Factory
    {
        public static IConnector Make<T>(object settings) => settings is T ? new Texts() : throw new NotSupportedException();
    }

    private sealed class Texts : IConnector, ISmsSender
    {
        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class Mails : IConnector, IEmailSender
    {
        public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
