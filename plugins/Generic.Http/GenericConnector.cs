using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Crm;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Plugins.GenericHttp.Messages;
using CxOrchestrator.Plugins.GenericHttp.Tickets;
using CxOrchestrator.Plugins.GenericHttp.Webhooks;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp;

/// <summary>One connection to a described service. What the description doesn't describe, the connection doesn't offer.</summary>
internal sealed class GenericConnector
    : IConnector, ICrmReader, ICrmWriter, ISmsSender, ITicketReader, ITicketWriter, IWebhookReceiver, IHealthProbe, IAsyncDisposable
{
    private readonly ServiceDescription _description;
    private readonly ServiceCalls _calls;
    private readonly People? _people;
    private readonly Changes? _changes;
    private readonly Texting? _texting;
    private readonly Desk? _desk;
    private readonly WebhookDesk? _webhook;

    /// <exception cref="InvalidOperationException">The description changed for the worse since the settings were validated.</exception>
    public GenericConnector(ConnectionContext context, GenericSettings settings)
    {
        var (description, faults) = DescriptionFiles.Read(settings.Description);
        _description = description ?? throw new InvalidOperationException($"The description can't be read: {string.Join("; ", faults)}");
        _calls = new ServiceCalls(_description, settings, context);
        bool Has(Capability capability) => _description.Offers.Contains(capability);
        _people = Has(Capability.CrmReader) ? new People(_calls, _description) : null;
        _changes = Has(Capability.CrmWriter) ? new Changes(_calls, _description) : null;
        _texting = Has(Capability.SmsSender) ? new Texting(_calls, _description.Operations["sendSms"], context.WebhookUrl) : null;
        _desk = Has(Capability.TicketWriter) || Has(Capability.TicketReader) ? new Desk(_calls, _description) : null;
        _webhook = _description.Webhook is { } webhook ? new WebhookDesk(webhook, settings.WebhookSecret, context.Time) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Capability> Offers => _description.Offers;

    /// <inheritdoc/>
    public Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation) => Offered(_people).FindAsync(id, cancellation);

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Offered(_people).ChangedSinceAsync(cursor, cancellation);

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation) => Offered(_people).SegmentAsync(segment, cursor, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation) => Offered(_changes).UpsertAsync(changes, cancellation);

    /// <inheritdoc/>
    public int BatchSize => 20;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => Offered(_texting).SendAsync(message, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) => Offered(_desk).CreateAsync(draft, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) => Offered(_desk).CommentAsync(ticketId, key, text, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) => Offered(_desk).TagAsync(ticketId, tags, cancellation);

    /// <inheritdoc/>
    Task<Ticket?> ITicketReader.FindAsync(string ticketId, CancellationToken cancellation) => Offered(_desk).FindAsync(ticketId, cancellation);

    /// <inheritdoc/>
    Task<Page<Ticket>> ITicketReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Offered(_desk).ChangedSinceAsync(cursor, cancellation);

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_webhook?.Receive(request) ?? WebhookResult.Refused);
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        const string Advice = "Check BaseUrl, User, Secret and Values of this connection, and what the description's probe asks for.";
        if (!_description.Operations.TryGetValue("probe", out var probe))
            return new HealthReport(true, $"{_description.Service}: the description has no probe, so that only its use will tell.");
        try
        {
            return await _calls.SendAsync(probe, _calls.Model(), cancellation) switch
            {
                ServiceReply { IsSuccess: true } reply when Outcomes.IsPage(reply) => new HealthReport(false, "a page for people came back instead of the service's answer", Advice),
                ServiceReply { IsSuccess: true } => new HealthReport(true, $"{_description.Service} answers."),
                ServiceReply reply => new HealthReport(false, reply.Summary, Advice),
                ServiceSilence silence => new HealthReport(false, silence.Text, Advice),
                _ => new HealthReport(false, "no answer", Advice),
            };
        }
        catch (DescriptionFault fault)
        {
            return new HealthReport(false, fault.Message, Advice);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private static T Offered<T>(T? part)
        where T : class => part ?? throw new NotSupportedException("The description of this connection does not describe that.");
}
