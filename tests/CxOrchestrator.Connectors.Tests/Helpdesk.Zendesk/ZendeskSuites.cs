using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.HelpdeskZendesk;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zendesk;

/// <summary>The plugin's folder.</summary>
public sealed class ZendeskPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Helpdesk.Zendesk");

    protected override IPlugin Plugin => new ZendeskPlugin();

    protected override object ValidSettings => ZendeskAccount.Settings(new Uri("https://shop.zendesk.com"));
}

/// <summary>The ticket writer's promises.</summary>
public sealed class ZendeskTicketWriterTests : TicketWriterFaultSuite
{
    private ZendeskAccount _account = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_account.Server);

    protected override IReadOnlyList<string> Secrets => [ZendeskAccount.Token, ZendeskAccount.WebhookSecret];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZendeskAccount.Connect(context, (_account = await ZendeskAccount.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _account.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<string>> SubjectsAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _account.Tickets.Select(ticket => ticket["subject"]!.GetValue<string>())]);

    protected override Task<IReadOnlyList<string>> CommentsAsync(string ticketId) => Task.FromResult<IReadOnlyList<string>>(
        [.. _account.Audits.GetValueOrDefault(long.Parse(ticketId, CultureInfo.InvariantCulture), []).Select(audit => audit["comment"]!["body"]!.GetValue<string>())]);
}

/// <summary>The ticket reader's promises.</summary>
public sealed class ZendeskTicketReaderTests : TicketReaderFaultSuite
{
    private ZendeskAccount _account = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_account.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZendeskAccount.Connect(context, (_account = await ZendeskAccount.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _account.DisposeAsync().AsTask();

    protected override async Task<string> OpenAsync(string subject) => ((Written)await ((ITicketWriter)Connector).CreateAsync(ATicket(subject), default)).Id;

    protected override Task SolveAsync(string ticketId)
    {
        _account.Solve(long.Parse(ticketId, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}

/// <summary>The poller's promises.</summary>
public sealed class ZendeskPollerTests : EventPollerFaultSuite
{
    private ZendeskAccount _account = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_account.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZendeskAccount.Connect(context, (_account = await ZendeskAccount.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _account.DisposeAsync().AsTask();

    protected override async Task<string> HappenAsync()
    {
        var ticket = (Written)await ((ITicketWriter)Connector).CreateAsync(ATicket(), default);
        _account.Solve(long.Parse(ticket.Id, CultureInfo.InvariantCulture));
        return _account.Tickets[^1]["requester_id"]!.ToJsonString();
    }
}

/// <summary>The probe's promises.</summary>
public sealed class ZendeskProbeTests : HealthProbeFaultSuite
{
    private ZendeskAccount _account = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_account.Server);

    protected override IReadOnlyList<string> Secrets => [ZendeskAccount.Token];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZendeskAccount.Connect(context, (_account = await ZendeskAccount.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _account.DisposeAsync().AsTask();
}

/// <summary>The webhook's promises.</summary>
public sealed class ZendeskWebhookSuite : WebhookReceiverSuite
{
    protected override IReadOnlyList<string> Secrets => [ZendeskAccount.WebhookSecret];

    protected override WebhookProof Proof => WebhookProof.Body;

    // It tells which ticket changed; the words are read there.
    protected override bool CarriesText => false;

    protected override byte[] ABody(string text) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "zen:event-type:ticket.status_changed",
        id = "event-" + text.GetHashCode(StringComparison.Ordinal),
        time = "2026-03-02T12:00:00Z",
        detail = new { id = "35436", status = "SOLVED", subject = text },
    });

    protected override IReadOnlyList<string> ProofHeaders => ["X-Zendesk-Webhook-Signature", "X-Zendesk-Webhook-Signature-Timestamp"];

    protected override byte[] WithUnknownField(byte[] body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["of which nobody has heard"] = 1;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    protected override WebhookRequest Sign(byte[] body) => ZendeskAccount.Webhook(body);

    protected override WebhookRequest Forge(byte[] body) => ZendeskAccount.Webhook(body, secret: "guessed");

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => ConnectAsync(context);
}
