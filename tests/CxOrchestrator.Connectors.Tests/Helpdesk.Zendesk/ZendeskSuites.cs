using System.Globalization;
using CxOrchestrator.Plugins.HelpdeskZendesk;
using CxOrchestrator.Sdk;
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
public sealed class ZendeskTicketWriterTests : TicketWriterSuite
{
    private ZendeskAccount _account = null!;

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
public sealed class ZendeskTicketReaderTests : TicketReaderSuite
{
    private ZendeskAccount _account = null!;

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
public sealed class ZendeskPollerTests : EventPollerSuite
{
    private ZendeskAccount _account = null!;

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
public sealed class ZendeskProbeTests : HealthProbeSuite
{
    private ZendeskAccount _account = null!;

    protected override IReadOnlyList<string> Secrets => [ZendeskAccount.Token];

    protected override async Task<IConnector> ConnectAsync(ConnectionContext context) =>
        ZendeskAccount.Connect(context, (_account = await ZendeskAccount.StartAsync()).Server.Url);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(ZendeskAccount.Connect(context, Nowhere.Url));

    protected override Task StopServiceAsync() => _account.DisposeAsync().AsTask();
}
