using Azure.Core;
using CxOrchestrator.Plugins.CrmDataverse.Consent;
using CxOrchestrator.Plugins.CrmDataverse.Feeds;
using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Incidents;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Setup;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Timeline;
using CxOrchestrator.Plugins.CrmDataverse.Webhooks;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse;

/// <summary>One Dataverse environment.</summary>
internal sealed class DataverseConnector
    : IConnector, ICrmReader, ICrmWriter, ITicketReader, ITicketWriter, IWebhookReceiver, IHealthProbe, ISetup, IAsyncDisposable
{
    private readonly DataverseWire _wire;
    private readonly OwnUser _self;
    private readonly PersonReader _people;
    private readonly SegmentReader _segments;
    private readonly ChangeWriter _writer;
    private readonly CaseReader _caseReader;
    private readonly CaseDesk _cases;
    private readonly ChangeHook _hook;
    private readonly OrganisationSetup _setup;

    /// <summary>Puts the parts together; nothing is called.</summary>
    /// <param name="context">What the host lends.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="access">The same, as to reaching the environment.</param>
    /// <param name="credential">What signs in.</param>
    /// <param name="clock">The clock of tokens, waits and limits.</param>
    public DataverseConnector(ConnectionContext context, DataverseSettings settings, Access access, TokenCredential credential, TimeProvider clock)
    {
        _wire = new DataverseWire(access, credential, settings, clock);
        _self = new OwnUser(_wire);
        var catalogue = new TableCatalogue(_wire, clock);
        var batches = new Batches(_wire, settings.ChangesPerRequest);
        var feed = new ChangeFeed(_wire, settings.PageSize, clock, context.Log);
        _people = new PersonReader(_wire, catalogue, feed, settings);
        _segments = new SegmentReader(_wire, _people, settings);
        _writer = new ChangeWriter(
            new TimelineWriter(_wire, catalogue, batches, new TimelineRows(catalogue, settings)),
            new PersonWriter(_wire, catalogue, batches, new AddressConsentWriter(_wire, catalogue, batches, settings), settings),
            new CaseWriter(_wire, context.Connection));
        _caseReader = new CaseReader(_wire, catalogue, feed, clock);
        _cases = new CaseDesk(_wire, catalogue, new CaseCustomers(_wire, settings), new Owners(_wire), settings);
        _hook = new ChangeHook(new WebhookKeyCheck(settings), _self, context.Time);
        _setup = new OrganisationSetup(_wire, catalogue, _self, settings, context.WebhookUrl);
    }

    /// <summary>200: rows of one table go in one request, and what is shared by a batch (who is there, what stands) is asked once.</summary>
    public int BatchSize => 200;

    /// <summary>The limits as they are found.</summary>
    internal Throttle Limits => _wire.Limits;

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation) =>
        _segments.ReadAsync(segment, cursor, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (changes.Count == 0)
            return [];
        // Who we are is known before anything is written, so that the webhooks that it causes are known for ours.
        if (await NotReadyAsync(cancellation) is { } later)
            return [.. changes.Select(_ => later)];
        return await _writer.UpsertAsync(changes, cancellation);
    }

    /// <inheritdoc/>
    public async Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await NotReadyAsync(cancellation) ?? await _cases.CreateAsync(draft, cancellation);
    }

    /// <inheritdoc/>
    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) =>
        _cases.CommentAsync(ticketId, key, text, cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        _cases.TagAsync(ticketId, tags, cancellation);

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_hook.Receive(request));
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            var id = await _self.AskAsync(cancellation);
            return new HealthReport(true, $"The environment answers, and knows us as the user {id:D}.");
        }
        catch (ServiceException failure)
        {
            return new HealthReport(false, $"The environment can't be used: {failure.Message}.", failure.Status switch
            {
                401 or 403 => "Check that the app registration is an application user of the environment, enabled and with a security role.",
                429 => "Wait: the limits of this user are used up.",
                _ => "Check Url, TenantId, ClientId and the secret or certificate of this connection, and whether the environment is up.",
            });
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation) => _setup.InspectAsync(cancellation);

    /// <inheritdoc/>
    public Task<SetupFile?> DescribeAsync(CancellationToken cancellation) => _setup.DescribeAsync(cancellation);

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _wire.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<WriteResult?> NotReadyAsync(CancellationToken cancellation)
    {
        try
        {
            await _self.IdAsync(cancellation);
            return null;
        }
        catch (ServiceException failure)
        {
            return Outcome.Later(failure);
        }
    }

    Task<CrmPerson?> ICrmReader.FindAsync(string id, CancellationToken cancellation) => _people.FindAsync(id, cancellation);

    Task<Page<CrmPerson>> ICrmReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation) => _people.ChangedSinceAsync(cursor, cancellation);

    Task<Ticket?> ITicketReader.FindAsync(string ticketId, CancellationToken cancellation) => _caseReader.FindAsync(ticketId, cancellation);

    Task<Page<Ticket>> ITicketReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation) => _caseReader.ChangedSinceAsync(cursor, cancellation);

    Task<WriteResult> ISetup.CreateAsync(string itemId, CancellationToken cancellation) => _setup.CreateAsync(itemId, cancellation);
}
