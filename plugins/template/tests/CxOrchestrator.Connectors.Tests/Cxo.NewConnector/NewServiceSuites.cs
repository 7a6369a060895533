using CxOrchestrator.Plugins.NewWord;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.NewWord;

/// <summary>The plugin's folder.</summary>
public sealed class NewServicePluginTests : PluginSuite
{
    protected override string Folder => Repository.PathOf("plugins", "Cxo.NewConnector");

    protected override IPlugin Plugin => new NewServicePlugin();

    protected override object ValidSettings => NewServiceStandIn.Settings(new Uri("https://api.example.com/v1/"));
}

/// <summary>The sender's promises.</summary>
public sealed class NewServiceSenderTests : SmsSenderFaultSuite
{
    private NewServiceStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => [NewServiceStandIn.ApiKey];

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        NewServiceStandIn.Connect(context, (_standIn = await NewServiceStandIn.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(NewServiceStandIn.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<SmsMessage>> ArrivedAsync() => Task.FromResult(_standIn.Messages);
}

/// <summary>The probe's promises.</summary>
public sealed class NewServiceProbeTests : HealthProbeFaultSuite
{
    private NewServiceStandIn _standIn = null!;

    protected override IReadOnlyList<string> Secrets => [NewServiceStandIn.ApiKey];

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_standIn.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        NewServiceStandIn.Connect(context, (_standIn = await NewServiceStandIn.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(NewServiceStandIn.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _standIn.DisposeAsync().AsTask();
}
