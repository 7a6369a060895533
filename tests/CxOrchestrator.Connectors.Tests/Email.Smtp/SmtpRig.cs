using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>A scripted server and a connector that is pointed at it.</summary>
internal sealed class SmtpRig : IAsyncDisposable
{
    private SmtpConnector? _connector;

    public SmtpRig(SmtpServerOptions? options = null, Action<SmtpSettings>? change = null, TimeProvider? clock = null)
    {
        Server = new ScriptedSmtpServer(options);
        Settings = new SmtpSettings
        {
            Host = "localhost",
            Port = Server.Port,
            Security = SmtpSecurity.None,
            FromAddress = "care@shop.example",
            FromName = "Shop",
        };
        change?.Invoke(Settings);
        Clock = clock ?? TimeProvider.System;
    }

    public ScriptedSmtpServer Server { get; }

    public SmtpSettings Settings { get; }

    public RecordingLog Log { get; } = new();

    /// <summary>The clock that dates messages.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>The clock of time limits.</summary>
    public TimeProvider Clock { get; }

    public SmtpConnector Connector =>
        _connector ??= new SmtpConnector(new ConnectionContext("mail", "/nowhere", Time, Log), Settings, Clock);

    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation = default) =>
        Connector.SendAsync(message, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_connector is not null)
        {
            await _connector.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
