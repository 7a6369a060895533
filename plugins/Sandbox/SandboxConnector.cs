using CxOrchestrator.Plugins.Sandbox.Crm;
using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox;

/// <summary>Everything that a connector can be, kept in files.</summary>
internal sealed class SandboxConnector(ConnectionContext context, SandboxSettings settings)
    : IConnector, ICrmReader, ICrmWriter, IEmailSender, ISmsSender, ITicketReader, ITicketWriter, IEventPoller, IHealthProbe, IOutbox,
        IAsyncDisposable
{
    private readonly SandboxBooks _books = new(context, settings);
    private readonly SimulatedFaults _faults = new(settings);

    /// <summary>True: a message is kept once for each key.</summary>
    public bool HonoursKey => true;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation)
    {
        var at = message.To.Address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < message.To.Address.Length - 1
            ? KeepAsync(new OutboxItem(message.Key, context.Time.GetUtcNow(), message, null), cancellation)
            : Task.FromResult(SendResult.Rejected("5.1.3", "The recipient's address is not of the form name@domain.", addressInvalid: true));
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) =>
        message.To.Length is >= 8 and <= 16 && message.To[0] == '+' && message.To.Skip(1).All(char.IsAsciiDigit)
            ? KeepAsync(new OutboxItem(message.Key, context.Time.GetUtcNow(), null, message), cancellation)
            : Task.FromResult(SendResult.Rejected("invalid-number", "The number is not in E.164 form, such as +66812345678.", addressInvalid: true));

    /// <inheritdoc/>
    public Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation) =>
        TryAsync(
            () => _books.People.WriteAsync(changes),
            text => (IReadOnlyList<WriteResult>)[.. changes.Select(_ => WriteResult.Retry(text))],
            cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) =>
        TryAsync(() => _books.Tickets.OpenAsync(draft), text => WriteResult.Retry(text), cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) =>
        TryAsync(() => _books.Tickets.CommentAsync(ticketId, key, text), why => WriteResult.Retry(why), cancellation);

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.People.SegmentAsync(Segment.Parse(segment), cursor);
    }

    /// <inheritdoc/>
    public Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.Tickets.PollAsync(cursor);
    }

    /// <inheritdoc/>
    public Task<Page<OutboxItem>> ListAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.Outbox.ListAsync(cursor, cancellation);
    }

    /// <inheritdoc/>
    public Task<HealthReport> ProbeAsync(CancellationToken cancellation) =>
        TryAsync(
            () =>
            {
                try
                {
                    _ = (_books.People, _books.Tickets, _books.Outbox);
                    return Task.FromResult(new HealthReport(true, "The sandbox keeps its books in the connection's folder."));
                }
                catch (JournalInUseException)
                {
                    // Somebody looks at the installation from outside while the service runs.
                    return Task.FromResult(new HealthReport(true, "The sandbox's books are open in another process: the service has them while it runs."));
                }
            },
            text => new HealthReport(false, text, "Check that the service may write to the connection's folder and that its disk has room."),
            cancellation);

    /// <summary>Closes the books.</summary>
    public ValueTask DisposeAsync() => _books.DisposeAsync();

    Task<CrmPerson?> ICrmReader.FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.People.FindAsync(id);
    }

    Task<Page<CrmPerson>> ICrmReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.People.ChangedSinceAsync(cursor);
    }

    Task<Ticket?> ITicketReader.FindAsync(string ticketId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.Tickets.FindAsync(ticketId);
    }

    Task<Page<Ticket>> ITicketReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.Tickets.ChangedSinceAsync(cursor);
    }

    Task<OutboxItem?> IOutbox.FindAsync(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _books.Outbox.FindAsync(key, cancellation);
    }

    private Task<SendResult> KeepAsync(OutboxItem item, CancellationToken cancellation) =>
        TryAsync(
            async () =>
            {
                if (_faults.For(item.Key) is { } fault)
                {
                    return fault;
                }

                await _books.Outbox.KeepAsync(item);
                return SendResult.Accepted(item.Key);
            },
            // A key that stands already is not kept twice, so the host may try again.
            text => SendResult.Unknown(text),
            cancellation);

    // A disk that fails is an outage like any other, and is told like one.
    private static async Task<T> TryAsync<T>(Func<Task<T>> work, Func<string, T> onFailure, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return onFailure(fault.Message);
        }
    }
}
