using CxOrchestrator.Connectors.Tests.Email.Smtp;
using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
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
public sealed class TwilioSenderConformanceTests : SmsSenderSuite
{
    private TwilioStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

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
public sealed class TwilioPollerConformanceTests : EventPollerSuite
{
    private readonly ManualTimeProvider _time = new();
    private TwilioStandIn _standIn = null!;

    protected override TimeProvider Time => _time;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

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
public sealed class TwilioProbeConformanceTests : HealthProbeSuite
{
    private TwilioStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => SuiteTwilio.Secrets;

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        _standIn = await TwilioStandIn.StartAsync(Time);
        return SuiteTwilio.Connect(context, _standIn);
    }

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(SuiteTwilio.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}
