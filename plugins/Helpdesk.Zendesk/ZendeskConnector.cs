using System.Net.Http.Headers;
using System.Text;
using CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;
using CxOrchestrator.Plugins.HelpdeskZendesk.Webhooks;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk;

/// <summary>One Zendesk account.</summary>
internal sealed class ZendeskConnector : IConnector, ITicketReader, ITicketWriter, IWebhookReceiver, IEventPoller, IHealthProbe, IAsyncDisposable
{
    private readonly ServiceClient _client;
    private readonly TicketWriting _writing;
    private readonly Commenting _commenting;
    private readonly TicketReading _reading;
    private readonly ZendeskWebhook _webhook;

    public ZendeskConnector(ConnectionContext context, ZendeskSettings settings)
    {
        var credentials = string.IsNullOrEmpty(settings.AgentEmail)
            ? new AuthenticationHeaderValue("Bearer", settings.ApiToken!.Reveal())
            : new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AgentEmail}/token:{settings.ApiToken!.Reveal()}")));
        _client = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = new Uri(settings.BaseUrl!, "api/v2/"),
            Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(credentials),
            Time = context.Time,
        });
        _writing = new TicketWriting(_client, settings);
        _commenting = new Commenting(_client);
        _reading = new TicketReading(_client);
        _webhook = new ZendeskWebhook(settings.WebhookSecret);
    }

    /// <inheritdoc/>
    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) => _writing.CreateAsync(draft, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) =>
        _commenting.CommentAsync(ticketId, key, text, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        _writing.TagAsync(ticketId, tags, cancellation);

    /// <inheritdoc/>
    public Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation) => _reading.FindAsync(ticketId, cancellation);

    /// <inheritdoc/>
    public Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) => _reading.ChangedSinceAsync(cursor, cancellation);

    /// <inheritdoc/>
    public Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation) => _reading.SolvedSinceAsync(cursor, cancellation);

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_webhook.Receive(request));
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        const string Advice = "Check BaseUrl, AgentEmail and ApiToken, and that API token access is switched on in Zendesk's Admin Center.";
        var answer = await _client.SendAsync(ServiceRequest.Get("users/me.json"), cancellation);
        return answer switch
        {
            // Zendesk answers without credentials too: with an anonymous user that has no id.
            ServiceReply { IsSuccess: true } reply when reply.TryJson(out var json) && json.Find("user")?.Number("id") is > 0
                && json.Find("user")?.Text("role") is "agent" or "admin" => new HealthReport(true, "Zendesk knows us as an agent."),
            ServiceReply { IsSuccess: true } => new HealthReport(false, "Zendesk answers, but does not take us for an agent.", Advice),
            ServiceReply reply => new HealthReport(false, reply.Summary, Advice),
            ServiceSilence silence => new HealthReport(false, silence.Text, Advice),
            _ => new HealthReport(false, "no answer", Advice),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
