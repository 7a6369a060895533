using System.Net.Http.Headers;
using CxOrchestrator.Plugins.HelpdeskZammad.Tickets;
using CxOrchestrator.Plugins.HelpdeskZammad.Webhooks;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad;

/// <summary>One Zammad installation.</summary>
internal sealed class ZammadConnector : IConnector, ITicketReader, ITicketWriter, IWebhookReceiver, IEventPoller, IHealthProbe, IAsyncDisposable
{
    private readonly ServiceClient _client;
    private readonly TicketWriting _writing;
    private readonly Commenting _commenting;
    private readonly TicketReading _reading;
    private readonly ZammadWebhook _webhook;

    public ZammadConnector(ConnectionContext context, ZammadSettings settings)
    {
        var credentials = new AuthenticationHeaderValue("Token", $"token={settings.AccessToken!.Reveal()}");
        _client = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = new Uri(new Uri(settings.BaseUrl!.AbsoluteUri.TrimEnd('/') + "/"), "api/v1/"),
            Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(credentials),
            Time = context.Time,
        });
        _writing = new TicketWriting(_client, settings);
        _commenting = new Commenting(_client);
        _reading = new TicketReading(_client);
        _webhook = new ZammadWebhook(settings.WebhookToken);
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
        const string Advice = "Check BaseUrl and AccessToken, and that token access is switched on under System > API.";
        var answer = await _client.SendAsync(ServiceRequest.Get("users/me"), cancellation);
        return answer switch
        {
            ServiceReply { IsSuccess: true } reply when reply.TryJson(out var json) && json.Number("id") is > 0 =>
                new HealthReport(true, "Zammad knows us."),
            ServiceReply { IsSuccess: true } => new HealthReport(false, "something answers, but not like Zammad.", Advice),
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
