using CxOrchestrator.Plugins.EmailImap.Reading;
using CxOrchestrator.Plugins.EmailImap.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>Reads one mailbox. Each look is a connection of its own: a mailbox that is looked into every minute needs none that is kept.</summary>
internal sealed class ImapConnector : IConnector, IEventPoller, IHealthProbe, IAsyncDisposable
{
    private readonly ConnectionContext _context;
    private readonly ImapSettings _settings;
    private readonly AccessTokens? _tokens;
    private readonly ImapOpener _opener;
    private readonly TimeProvider _clock;
    private volatile bool _closed;

    /// <summary>A connector that has connected nowhere yet.</summary>
    /// <param name="context">What the host lends.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="clock">The clock of time limits and of the days to look back: a real one, because the server lives in real time.</param>
    public ImapConnector(ConnectionContext context, ImapSettings settings, TimeProvider clock)
    {
        _context = context;
        _settings = settings;
        _clock = clock;
        _tokens = settings.Tokens(clock);
        _opener = new ImapOpener(settings, _tokens, clock);
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceException">The mailbox can't be read now.</exception>
    public async Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await using var session = await OpenAsync(cancellation);
            var page = await new MailboxPoll(session, _settings, _clock, _context.Log).RunAsync(MailboxCursor.Read(cursor), cancellation);
            await session.LogoutAsync();
            return page;
        }
        catch (ImapFault fault)
        {
            throw new ServiceException(fault.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await using var session = await OpenAsync(cancellation);
            await MailboxState.OpenAsync(session, _settings.Mailbox, readOnly: true, cancellation);
            if (_settings.AfterReading == AfterReading.Move && !session.Capabilities.Contains("MOVE"))
            {
                return new HealthReport(false, $"{_settings.Host} can't move messages.", "Set AfterReading to MarkSeen or Nothing.");
            }

            await session.LogoutAsync();
            return new HealthReport(true, $"{_settings.Host}:{_settings.Port} lets us read '{_settings.Mailbox}' {(session.Wire.IsEncrypted ? "over TLS" : "without TLS")}.");
        }
        catch (ImapFault fault)
        {
            return new HealthReport(false, fault.Message, "Check Host, Port, Security, UserName, Mailbox, and Password or the access token of this connection.");
        }
    }

    /// <summary>Ends the connection; later calls fail.</summary>
    public ValueTask DisposeAsync()
    {
        _closed = true;
        _tokens?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ImapSession> OpenAsync(CancellationToken cancellation) =>
        _closed ? throw new ImapFault("The connection is closed.") : _opener.OpenAsync(cancellation);
}
