using CxOrchestrator.Connectors.Tests.Email.Smtp;
using CxOrchestrator.Plugins.EmailImap;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>The plugin's folder.</summary>
public sealed class ImapPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Email.Imap");

    protected override IPlugin Plugin => new ImapPlugin();

    protected override object ValidSettings
    {
        get
        {
            var settings = ImapRig.SettingsFor(993);
            settings.AccessToken = new Secret("access-token-7");
            settings.OAuthClientSecret = new Secret("client-secret-7");
            return settings;
        }
    }
}

/// <summary>The poller's promises.</summary>
public sealed class ImapPollerConformanceTests : EventPollerFaultSuite
{
    private readonly ImapRig _rig = SuiteMailbox.Start(new ImapServerOptions { StartTls = true });

    protected override IServiceFaults Faults => field ??= new ImapServiceFaults(_rig.Server);

    protected override IReadOnlyList<string> Secrets => [ImapRig.Password, "a long secret"];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(SuiteMailbox.Connect(context, _rig.Settings));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteMailbox.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _rig.DisposeAsync().AsTask();

    protected override Task<string> HappenAsync()
    {
        // A mailbox knows addresses, and no ids.
        _rig.Answer();
        return Task.FromResult("");
    }
}

/// <summary>The probe's promises.</summary>
public sealed class ImapProbeConformanceTests : HealthProbeFaultSuite
{
    private readonly ImapRig _rig = SuiteMailbox.Start(new ImapServerOptions { ImplicitTls = true });

    protected override IServiceFaults Faults => field ??= new ImapServiceFaults(_rig.Server);

    protected override IReadOnlyList<string> Secrets => [ImapRig.Password, "a long secret"];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(SuiteMailbox.Connect(context, _rig.Settings));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteMailbox.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _rig.DisposeAsync().AsTask();
}

/// <summary>Connectors as the host makes them.</summary>
internal static class SuiteMailbox
{
    // Held to the end of the run.
    private static readonly ClosedPort Nobody = new();

    public static ImapRig Start(ImapServerOptions options) => new(options);

    public static IConnector Connect(ConnectionContext context, ImapSettings settings) => ((IPlugin)new ImapPlugin()).Connect(context, settings);

    public static IConnector ConnectToNothing(ConnectionContext context) => Connect(context, ImapRig.SettingsFor(Nobody.Number));
}
