using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.HelpdeskZammad;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zammad;

/// <summary>The plugin's folder.</summary>
public sealed class ZammadPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Helpdesk.Zammad");

    protected override IPlugin Plugin => new ZammadPlugin();

    protected override object ValidSettings => ZammadInstallation.Settings(new Uri("https://help.shop.example"));
}

/// <summary>The ticket writer's promises.</summary>
public sealed class ZammadTicketWriterTests : TicketWriterFaultSuite
{
    private ZammadInstallation _installation = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_installation.Server);

    protected override IReadOnlyList<string> Secrets => [ZammadInstallation.Token, ZammadInstallation.WebhookToken];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZammadInstallation.Connect(context, (_installation = await ZammadInstallation.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZammadInstallation.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _installation.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<string>> SubjectsAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _installation.Tickets.Select(ticket => ticket["title"]!.GetValue<string>())]);

    protected override Task<IReadOnlyList<string>> CommentsAsync(string ticketId) => Task.FromResult<IReadOnlyList<string>>(
        [.. _installation.NotesOf(long.Parse(ticketId, CultureInfo.InvariantCulture)).Select(note => note["body"]!.GetValue<string>())]);
}

/// <summary>The ticket reader's promises.</summary>
public sealed class ZammadTicketReaderTests : TicketReaderFaultSuite
{
    private ZammadInstallation _installation = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_installation.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZammadInstallation.Connect(context, (_installation = await ZammadInstallation.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZammadInstallation.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _installation.DisposeAsync().AsTask();

    protected override async Task<string> OpenAsync(string subject) => ((Written)await ((ITicketWriter)Connector).CreateAsync(ATicket(subject), default)).Id;

    protected override Task SolveAsync(string ticketId)
    {
        _installation.Solve(long.Parse(ticketId, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}

/// <summary>The poller's promises.</summary>
public sealed class ZammadPollerTests : EventPollerFaultSuite
{
    private ZammadInstallation _installation = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_installation.Server);

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZammadInstallation.Connect(context, (_installation = await ZammadInstallation.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZammadInstallation.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _installation.DisposeAsync().AsTask();

    protected override async Task<string> HappenAsync()
    {
        var ticket = (Written)await ((ITicketWriter)Connector).CreateAsync(ATicket(), default);
        _installation.Solve(long.Parse(ticket.Id, CultureInfo.InvariantCulture));
        return _installation.Tickets[^1]["customer_id"]!.ToJsonString();
    }
}

/// <summary>The probe's promises.</summary>
public sealed class ZammadProbeTests : HealthProbeFaultSuite
{
    private ZammadInstallation _installation = null!;

    protected override IServiceFaults Faults => field ??= new HttpServiceFaults(_installation.Server);

    protected override IReadOnlyList<string> Secrets => [ZammadInstallation.Token];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZammadInstallation.Connect(context, (_installation = await ZammadInstallation.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZammadInstallation.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _installation.DisposeAsync().AsTask();
}

/// <summary>The webhook's promises.</summary>
public sealed class ZammadWebhookSuite : WebhookReceiverSuite
{
    protected override IReadOnlyList<string> Secrets => [ZammadInstallation.WebhookToken];

    protected override WebhookProof Proof => WebhookProof.Body;

    // It tells which ticket changed; the words are read there.
    protected override bool CarriesText => false;

    protected override byte[] ABody(string text) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        ticket = new { id = 7, title = text, state = "closed", updated_at = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddSeconds(text.Length) },
    });

    protected override IReadOnlyList<string> ProofHeaders => ["X-Hub-Signature"];

    protected override byte[] WithUnknownField(byte[] body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["of which nobody has heard"] = 1;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    protected override WebhookRequest Sign(byte[] body) => ZammadInstallation.Webhook(body);

    protected override WebhookRequest Forge(byte[] body) => ZammadInstallation.Webhook(body, "guessed");

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => Task.FromResult(ZammadInstallation.Connect(context, Nowhere.Url));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => ConnectAsync(context);
}
