using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>A connector and the stand-in that it talks to, on one clock.</summary>
internal sealed class TwilioRig : IAsyncDisposable
{
    public const string Webhook = "https://cx.example.com/hooks/sms";

    private readonly IConnector _connector;

    private TwilioRig(TwilioStandIn standIn, ManualTimeProvider clock, Action<TwilioSettings>? change, string? webhook)
    {
        StandIn = standIn;
        Clock = clock;
        var settings = Settings(standIn.Server.Url);
        change?.Invoke(settings);
        _connector = Connect(new ConnectionContext("sms", Path.GetTempPath(), clock, Log) { WebhookUrl = webhook is null ? null : new Uri(webhook) }, settings);
    }

    public TwilioStandIn StandIn { get; }

    public ManualTimeProvider Clock { get; }

    public RecordingLog Log { get; } = new();

    public ISmsSender Sender => (ISmsSender)_connector;

    public ISendLookup Lookup => (ISendLookup)_connector;

    public IWebhookReceiver Receiver => (IWebhookReceiver)_connector;

    public IEventPoller Poller => (IEventPoller)_connector;

    public IHealthProbe Probe => (IHealthProbe)_connector;

    public static async Task<TwilioRig> StartAsync(Action<TwilioSettings>? change = null, string? webhook = Webhook)
    {
        var clock = new ManualTimeProvider();
        return new TwilioRig(await TwilioStandIn.StartAsync(clock), clock, change, webhook);
    }

    public static TwilioSettings Settings(Uri baseUrl) => new()
    {
        AccountSid = TwilioStandIn.AccountSid,
        AuthToken = new Secret(TwilioStandIn.AuthToken),
        SecondAuthToken = new Secret("the-token-to-come"),
        KeySid = TwilioStandIn.KeySid,
        KeySecret = new Secret(TwilioStandIn.KeySecret),
        MessagingServiceSid = TwilioStandIn.ServiceSid,
        BaseUrl = baseUrl,
    };

    public static IConnector Connect(ConnectionContext context, TwilioSettings settings) => ((IPlugin)new TwilioPlugin()).Connect(context, settings);

    public Task<SendResult> SendAsync(string key, string text = "How was it?", string to = "+66812345678") =>
        Sender.SendAsync(new SmsMessage(key, to, text), default);

    public Task<SendResult> LookUpAsync(string key, DateTimeOffset handedOver, string? text = "How was it?", string to = "+66812345678") =>
        Lookup.LookUpAsync(new SendQuery(key, to, handedOver) { Text = text }, default);

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request) => Receiver.ReceiveAsync(request, default);

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}
