using CxOrchestrator.Connectors.Tests.Email.Smtp;
using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>The plugin's folder.</summary>
public sealed class TwilioPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Sms.Twilio");

    protected override IPlugin Plugin => new TwilioPlugin();

    protected override object ValidSettings => TwilioRig.Settings(new Uri("https://api.twilio.com"));
}

/// <summary>How the suites make a connector.</summary>
internal static class SuiteTwilio
{
    public static readonly string[] Secrets = [TwilioStandIn.AuthToken, TwilioStandIn.KeySecret, "the-token-to-come"];

    // Held to the end of the run.
    private static readonly ClosedPort Nobody = new();

    public static IConnector Connect(ConnectionContext context, TwilioStandIn standIn) => Connect(context, standIn.Server.Url);

    public static IConnector ConnectToNothing(ConnectionContext context) => Connect(context, new Uri($"http://127.0.0.1:{Nobody.Number}"));

    private static IConnector Connect(ConnectionContext context, Uri baseUrl) =>
        TwilioRig.Connect(context with { WebhookUrl = new Uri(TwilioRig.Webhook) }, TwilioRig.Settings(baseUrl));
}

/// <summary>The sender's promises.</summary>
public sealed class TwilioSenderConformanceTests : SmsSenderFaultSuite
{
    private TwilioStandIn _standIn = null!;
    private HttpServiceFaults? _faults;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override IServiceFaults Faults => _faults ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        _standIn = await TwilioStandIn.StartAsync(Time);
        return SuiteTwilio.Connect(context, _standIn);
    }

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    protected override Task<IReadOnlyList<SmsMessage>> ArrivedAsync() =>
        Task.FromResult<IReadOnlyList<SmsMessage>>([.. _standIn.Messages.Select(message => new SmsMessage(message.Key!, message.To, message.Body))]);

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}

/// <summary>The poller's promises.</summary>
public sealed class TwilioPollerConformanceTests : EventPollerFaultSuite
{
    private readonly ManualTimeProvider _time = new();
    private TwilioStandIn _standIn = null!;
    private HttpServiceFaults? _faults;

    protected override TimeProvider Time => _time;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override IServiceFaults Faults => _faults ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        _standIn = await TwilioStandIn.StartAsync(_time);
        return SuiteTwilio.Connect(context, _standIn);
    }

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    // Twilio knows numbers, not people.
    protected override async Task<string> HappenAsync()
    {
        await ((ISmsSender)Connector).SendAsync(CxOrchestrator.Sdk.Testing.Builders.Some.ASms(), default);
        _standIn.Move(_standIn.Messages[^1], "delivered", price: "-0.00750");
        _time.Advance(TimeSpan.FromHours(2));
        return "";
    }

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}

/// <summary>The probe's promises.</summary>
public sealed class TwilioProbeConformanceTests : HealthProbeFaultSuite
{
    private TwilioStandIn _standIn = null!;
    private HttpServiceFaults? _faults;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override IServiceFaults Faults => _faults ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        _standIn = await TwilioStandIn.StartAsync(Time);
        return SuiteTwilio.Connect(context, _standIn);
    }

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}

/// <summary>The lookup's promises.</summary>
public sealed class TwilioLookupConformanceTests : SendLookupSuite
{
    private readonly ManualTimeProvider _time = new();
    private TwilioStandIn _standIn = null!;
    private HttpServiceFaults? _faults;

    protected override TimeProvider Time => _time;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override IServiceFaults Faults => _faults ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        _standIn = await TwilioStandIn.StartAsync(_time);
        return SuiteTwilio.Connect(context, _standIn);
    }

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    // Sent by another connector of the same account, so that this one has to find out.
    protected override async Task<SendQuery> SentAsync()
    {
        var text = CxOrchestrator.Sdk.Testing.Builders.Keys.Next("text");
        var message = CxOrchestrator.Sdk.Testing.Builders.Some.ASms(text);
        await using var other = SuiteTwilio.Connect(Context, _standIn);
        Assert.IsType<SendAccepted>(await ((ISmsSender)other).SendAsync(message, default));
        return new SendQuery(message.Key, message.To, _time.GetUtcNow()) { Text = text };
    }

    protected override Task<SendQuery> NeverSentAsync() =>
        Task.FromResult(new SendQuery("never", "+66812345678", _time.GetUtcNow() - TimeSpan.FromHours(2)) { Text = "never" });

    protected override Task<int> CountAsync() => Task.FromResult(_standIn.Messages.Count);

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}

/// <summary>The receiver's promises, by a person's message.</summary>
public sealed class TwilioReceiverConformanceTests : WebhookReceiverSuite
{
    private int _sids;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override WebhookProof Proof => WebhookProof.Body | WebhookProof.Url;

    protected override IReadOnlyList<string> ProofHeaders => ["X-Twilio-Signature"];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => ConnectAsync(context);

    protected override byte[] ABody(string text) => TwilioCaller.Answer(text, sid: $"SM{Interlocked.Increment(ref _sids):x32}").Body.ToArray();

    protected override byte[] WithUnknownField(byte[] body) => [.. body, .. "&BrandNew=%F0%9F%91%8B+there"u8];

    protected override WebhookRequest Sign(byte[] body) => TwilioCaller.Raw(TwilioRig.Webhook + "?key=d-1", body, TwilioStandIn.AuthToken);

    protected override WebhookRequest Forge(byte[] body) => TwilioCaller.Raw(TwilioRig.Webhook + "?key=d-1", body, "not-the-token");
}
