using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>The plugin's folder.</summary>
public sealed class SmtpPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Email.Smtp");

    protected override IPlugin Plugin => new SmtpPlugin();

    protected override object ValidSettings
    {
        get
        {
            var settings = SuiteServer.Settings(587, "no-thumbprint");
            settings.AccessToken = new Secret("access-token-7");
            settings.OAuthClientSecret = new Secret("client-secret-7");
            settings.BounceKey = new Secret("bounce-key-7");
            return settings;
        }
    }
}

/// <summary>The e-mail sender's promises, over TLS and signed in.</summary>
public sealed class SmtpSenderConformanceTests : EmailSenderFaultSuite
{
    private readonly ScriptedSmtpServer _server = SuiteServer.Start();

    protected override IServiceFaults Faults => field ??= new SmtpServiceFaults(_server);

    protected override IReadOnlyList<string> Secrets => [SuiteServer.Password];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(SuiteServer.Connect(context, _server));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteServer.ConnectToNothing(context));

    protected override Task<IReadOnlyList<ArrivedEmail>> ArrivedAsync() =>
        Task.FromResult<IReadOnlyList<ArrivedEmail>>([.. _server.Accepted.Select(Read)]);

    protected override Task StopServiceAsync() => _server.DisposeAsync().AsTask();

    private static ArrivedEmail Read(ReceivedMail received)
    {
        var mail = ReadMail.Of(received.Data);
        var key = mail.Raw("Message-ID")!.Trim('<', '>').Split('@')[0];
        return mail.Parts.Count == 0
            ? new ArrivedEmail(key, received.To.Single(), mail.Shown("Subject")!, mail.Body, null)
            : new ArrivedEmail(key, received.To.Single(), mail.Shown("Subject")!, mail.Parts[0].Body, mail.Parts[1].Body);
    }
}

/// <summary>The probe's promises.</summary>
public sealed class SmtpProbeConformanceTests : HealthProbeSuite
{
    private readonly ScriptedSmtpServer _server = SuiteServer.Start();

    protected override IReadOnlyList<string> Secrets => [SuiteServer.Password];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(SuiteServer.Connect(context, _server));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteServer.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _server.DisposeAsync().AsTask();
}

/// <summary>A server with TLS and a password, as the suites want it.</summary>
internal static class SuiteServer
{
    public const string Password = "correct-horse-7";

    // Held to the end of the run.
    private static readonly ClosedPort Nobody = new();

    public static ScriptedSmtpServer Start() => new(
        new SmtpServerOptions { StartTls = true, AuthMechanisms = ["PLAIN"], UserName = "shop", Password = Password });

    public static SmtpSettings Settings(int port, string? trusted) => new()
    {
        Host = "localhost",
        Port = port,
        UserName = "shop",
        Password = new Secret(Password),
        FromAddress = "care@shop.example",
        TrustedCertificate = trusted,
    };

    public static IConnector Connect(ConnectionContext context, ScriptedSmtpServer server) =>
        Connect(context, Settings(server.Port, TestCertificate.Thumbprint(server.Certificate)));

    public static IConnector ConnectToNothing(ConnectionContext context) => Connect(context, Settings(Nobody.Number, null));

    private static IConnector Connect(ConnectionContext context, SmtpSettings settings) => ((IPlugin)new SmtpPlugin()).Connect(context, settings);
}
