using Azure.Core;
using CxOrchestrator.Plugins.EmailGraph.Identity;
using CxOrchestrator.Plugins.EmailGraph.Inbound;
using CxOrchestrator.Plugins.EmailGraph.Lookup;
using CxOrchestrator.Plugins.EmailGraph.Sending;
using CxOrchestrator.Plugins.EmailGraph.Subscriptions;
using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace CxOrchestrator.Plugins.EmailGraph;

/// <summary>One mailbox of Exchange Online.</summary>
internal sealed class GraphConnector : IConnector, IEmailSender, ISendLookup, IEventPoller, IWebhookReceiver, IHealthProbe, IAsyncDisposable
{
    private readonly GraphWire _wire;
    private readonly HttpClient _http;
    private readonly MimeSend _sending;
    private readonly SentSearch _search;
    private readonly FolderPoll _poll;
    private readonly SubscriptionCare _care;
    private readonly NotificationDesk _notifications;
    private readonly FolderProbe _probe;

    /// <summary>A connector that has connected nowhere yet.</summary>
    /// <param name="context">What the host lends; its clock dates messages.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="credential">What signs in.</param>
    /// <param name="clock">The clock of tokens, subscriptions and arriving mail: a real one, also where the context's is sped up.</param>
    public GraphConnector(ConnectionContext context, GraphSettings settings, Lazy<TokenCredential> credential, TimeProvider clock)
    {
        _wire = new GraphWire(settings, new TokenDesk(credential, settings.Scope, clock), clock);
        _http = new HttpClient(new WireHandler(_wire)) { Timeout = Timeout.InfiniteTimeSpan };
        var graph = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), settings.BaseUrl.AbsoluteUri.TrimEnd('/'));
        _sending = new MimeSend(_wire, settings, context.Time);
        _search = new SentSearch(graph, settings, context.Time);
        _poll = new FolderPoll(new FolderDelta(graph, settings), new MessageFetch(graph, settings, context.Log), settings, clock, context.Log);
        _care = new SubscriptionCare(graph, settings, context.WebhookUrl, clock, context.Log);
        _notifications = new NotificationDesk(settings.ClientState, _care, clock, context.Log);
        _probe = new FolderProbe(graph, settings);
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => _sending.SendAsync(message, cancellation);

    /// <inheritdoc/>
    public Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation) => _search.LookUpAsync(query, cancellation);

    /// <inheritdoc/>
    public async Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await _care.CareAsync(cancellation);
            return await _poll.PollAsync(cursor, cancellation);
        }
        catch (GraphRefusal refusal)
        {
            throw refusal.AsOutage();
        }
        catch (TooLongException failure)
        {
            throw new ServiceException(failure.Message);
        }
    }

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_notifications.Receive(request));
    }

    /// <inheritdoc/>
    public Task<HealthReport> ProbeAsync(CancellationToken cancellation) => _probe.ProbeAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _wire.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
