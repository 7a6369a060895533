using CxOrchestrator.Plugins.SmsPigeon;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.SmsPigeon;

/// <summary>The plugin's folder.</summary>
public sealed class PigeonPluginTests : PluginSuite
{
    protected override string Folder => Repository.PathOf("tests", "Sms.Pigeon");

    protected override IPlugin Plugin => new PigeonPlugin();

    protected override object ValidSettings => PigeonStandIn.Settings(new Uri("https://api.example.com/v1/"));
}

/// <summary>The sender's promises.</summary>
public sealed class PigeonSenderTests : SmsSenderFaultSuite
{
    private PigeonStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => [PigeonStandIn.ApiKey];

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        PigeonStandIn.Connect(context, (_standIn = await PigeonStandIn.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(PigeonStandIn.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<SmsMessage>> ArrivedAsync() => Task.FromResult(_standIn.Messages);
}

/// <summary>The probe's promises.</summary>
public sealed class PigeonProbeTests : HealthProbeFaultSuite
{
    private PigeonStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => [PigeonStandIn.ApiKey];

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        PigeonStandIn.Connect(context, (_standIn = await PigeonStandIn.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(PigeonStandIn.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}
