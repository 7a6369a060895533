using System.Text;
using CxOrchestrator.Plugins.EmailImap;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>A scripted mailbox and a connector that is pointed at it.</summary>
internal sealed class ImapRig : IAsyncDisposable
{
    public const string Password = "correct-horse-7";

    private ImapConnector? _connector;
    private int _delivered;

    public ImapRig(ImapServerOptions? options = null, Action<ImapSettings>? change = null, TimeProvider? clock = null)
    {
        Server = new ScriptedImapServer(options);
        Settings = SettingsFor(Server.Port);
        Settings.Security = options switch
        {
            { ImplicitTls: true } => ImapSecurity.ImplicitTls,
            { StartTls: true } => ImapSecurity.StartTls,
            _ => ImapSecurity.None,
        };
        Settings.TrustedCertificate = TestCertificate.Thumbprint(Server.Certificate);
        change?.Invoke(Settings);
        Clock = clock ?? TimeProvider.System;
    }

    public ScriptedImapServer Server { get; }

    public ImapSettings Settings { get; }

    public RecordingLog Log { get; } = new();

    public TimeProvider Clock { get; }

    public ImapConnector Connector => _connector ??= new ImapConnector(new ConnectionContext("mailbox", "/nowhere", Clock, Log), Settings, Clock);

    public static ImapSettings SettingsFor(int port) => new()
    {
        Host = "localhost",
        Port = port,
        UserName = "shop",
        Password = new Secret(Password),
        MessageIdDomain = "shop.example",
        BounceAddress = "bounce+{token}@bounces.shop.example",
        BounceKey = new Secret("a long secret"),
        UnsubscribeAddress = "off@shop.example",
    };

    public Task<Page<ConnectorEvent>> PollAsync(string? cursor = null) => Connector.PollAsync(cursor, default);

    /// <summary>Puts an answer to a delivery into the mailbox.</summary>
    public void Answer(string key = "delivery-7", string text = "It was fine.", string? id = null, DateTimeOffset? at = null) => Deliver($"""
        From: Anna Ruiz <anna@example.com>
        To: care@shop.example
        Subject: Re: How was it?
        Message-ID: <{id ?? $"answer-{++_delivered}"}@example.com>
        In-Reply-To: <{key}@shop.example>

        {text}
        """, at);

    /// <summary>Puts a message that tells nothing into the mailbox.</summary>
    public void Chatter() => Deliver("From: bob@example.com\nSubject: lunch?\n\nToday?");

    public void Deliver(string message, DateTimeOffset? at = null) => Server.Deliver(Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")), at);

    public async ValueTask DisposeAsync()
    {
        if (_connector is not null)
        {
            await _connector.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
