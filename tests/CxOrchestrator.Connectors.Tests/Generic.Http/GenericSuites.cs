using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.GenericHttp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Generic.Http;

/// <summary>The plugin's folder.</summary>
public sealed class GenericPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Generic.Http");

    protected override IPlugin Plugin => new GenericPlugin();

    protected override object ValidSettings => new GenericSettings { Description = "hubspot-contacts", Secret = new Secret("pat-1"), WebhookSecret = new Secret("hook-1") };
}

/// <summary>The CRM reader's promises.</summary>
public sealed class GenericCrmReaderTests : CrmReaderFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();

    protected override string Everybody => "everybody";

    protected override Task<string> PutAsync(CrmPerson person) => Task.FromResult(_service.Put(person));
}

/// <summary>The CRM writer's promises.</summary>
public sealed class GenericCrmWriterTests : CrmWriterFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();

    protected override Task<int> CountAsync(string key) => Task.FromResult(_service.Changes.ContainsKey(key) ? 1 : 0);

    protected override Task<string?> FieldAsync(string personId, string field) =>
        Task.FromResult(_service.Changes.Values.Select(change => change["values"]?[field]).LastOrDefault(value => value is not null)?.ToString());

    protected override Task<string> AddPersonAsync() => Task.FromResult(_service.Put(new CrmPerson { Id = "person/1 & more" }));
}

/// <summary>The SMS sender's promises.</summary>
public sealed class GenericSmsSenderTests : SmsSenderFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<SmsMessage>> ArrivedAsync() => Task.FromResult<IReadOnlyList<SmsMessage>>(_service.Messages);
}

/// <summary>The ticket writer's promises.</summary>
public sealed class GenericTicketWriterTests : TicketWriterFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<string>> SubjectsAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _service.Tickets.Select(ticket => ticket["subject"]!.GetValue<string>())]);

    protected override Task<IReadOnlyList<string>> CommentsAsync(string ticketId) => Task.FromResult<IReadOnlyList<string>>(
        [.. _service.Tickets.Single(ticket => ticket["id"]!.GetValue<string>() == ticketId)["comments"]!.AsObject().Select(comment => comment.Value!.GetValue<string>())]);
}

/// <summary>The ticket reader's promises.</summary>
public sealed class GenericTicketReaderTests : TicketReaderFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();

    protected override async Task<string> OpenAsync(string subject) => ((Written)await ((ITicketWriter)Connector).CreateAsync(ATicket(subject), default)).Id;

    protected override Task SolveAsync(string ticketId)
    {
        _service.Solve(ticketId);
        return Task.CompletedTask;
    }
}

/// <summary>The probe's promises.</summary>
public sealed class GenericProbeTests : HealthProbeFaultSuite
{
    private AnyService _service = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_service.Server);

    protected override IReadOnlyList<string> Secrets => [AnyService.Key, AnyService.WebhookKey];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) => AnyService.Connect(context, (_service = await AnyService.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _service.DisposeAsync().AsTask();
}

/// <summary>The webhook's promises.</summary>
public sealed class GenericWebhookTests : WebhookReceiverSuite
{
    protected override IReadOnlyList<string> Secrets => [AnyService.WebhookKey];

    protected override WebhookProof Proof => WebhookProof.Body;

    protected override IReadOnlyList<string> ProofHeaders => ["X-Signature", "X-Time"];

    protected override byte[] ABody(string text) =>
        JsonSerializer.SerializeToUtf8Bytes(new { id = "m-" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text)), from = "+66812345678", at = "2026-03-02T12:00:00Z", text });

    protected override byte[] WithUnknownField(byte[] body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["of which nobody has heard"] = 1;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    protected override WebhookRequest Sign(byte[] body) => AnyService.Webhook(body);

    protected override WebhookRequest Forge(byte[] body) => AnyService.Webhook(body, "guessed");

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(AnyService.Connect(context, Nowhere.Url));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => ConnectAsync(context);
}
