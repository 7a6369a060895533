using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>One connection that can do everything, records what it is asked, and answers as a test tells it.</summary>
public sealed class FakeConnections : IConnections, IEmailSender, ISmsSender, ICrmWriter, ICrmReader, ITicketWriter, ITicketReader, IEventPoller,
    ISendLookup
{
    public const string Name = "fake";

    private readonly Lock _gate = new();

    public HashSet<Capability> Has { get; } =
        [Capability.EmailSender, Capability.SmsSender, Capability.CrmWriter, Capability.CrmReader, Capability.TicketWriter];

    public bool Accepting { get; set; } = true;

    public bool HonoursKey { get; set; }

    /// <summary>Makes the CRM leave out results.</summary>
    public bool ShortAnswer { get; set; }

    public int BatchSize { get; set; } = 100;

    public List<EmailMessage> Emails { get; } = [];

    public List<SmsMessage> Texts { get; } = [];

    public List<CrmChange> Changes { get; } = [];

    public List<TicketDraft> Tickets { get; } = [];

    public List<(string Ticket, string Key, string Text)> Comments { get; } = [];

    public List<SendQuery> Queries { get; } = [];

    /// <summary>Keys of messages that the service took, in order; a service that honours the key takes each once.</summary>
    public List<string> Taken { get; } = [];

    public int Calls { get; private set; }

    /// <summary>What the guard says of the next calls, before the connector is called; null lets it be called.</summary>
    public Func<CallKind, (string Reason, TimeSpan RetryAfter)?> Guard { get; set; } = _ => null;

    public Func<string, SendResult> OnSend { get; set; } = key => SendResult.Accepted($"id-{key}");

    public Func<CrmChange, WriteResult> OnWrite { get; set; } = change => WriteResult.Written($"crm-{change.Key}");

    public Func<TicketDraft, WriteResult> OnTicket { get; set; } = draft => WriteResult.Written($"ticket-{draft.Key}");

    public Func<string, string?, Page<CrmPerson>> OnSegment { get; set; } = (_, _) => new Page<CrmPerson>([], null);

    public Func<string, CrmPerson?> OnFind { get; set; } = _ => null;

    public Func<string?, Page<CrmPerson>> OnChanged { get; set; } = _ => new Page<CrmPerson>([], null);

    public Func<string, Ticket?> OnFindTicket { get; set; } = _ => null;

    public Func<string?, Page<Ticket>> OnTickets { get; set; } = _ => new Page<Ticket>([], null);

    public Func<string, WriteResult> OnComment { get; set; } = WriteResult.Written;

    public Func<Task> BeforeText { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeLookUp { get; set; } = () => Task.CompletedTask;

    public Func<SendQuery, SendResult> OnLookUp { get; set; } = _ => SendResult.Unknown("not yet");

    public Func<string?, Page<ConnectorEvent>> OnPoll { get; set; } = _ => new Page<ConnectorEvent>([], null);

    public IReadOnlyList<ConnectionStatus> Connections =>
        [new(Name, "fake", [.. Has], new StateReport(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, ""))];

    public IReadOnlyList<PluginStatus> Plugins => [];

    public ConnectionStatus? For(Capability capability) => Has.Contains(capability) ? Connections[0] : null;

    public Func<bool>? OnAccepts { get; set; }

    public bool Accepts(string connection) => OnAccepts?.Invoke() ?? Accepting;

    public async Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        if (Guard(kind) is { } no)
            return new CallResult<T>.NotCalled(no.Reason, no.RetryAfter);
        try
        {
            return new CallResult<T>.Answered(await call((TCapability)(object)this, cancellation));
        }
        catch (InvalidOperationException error)
        {
            return new CallResult<T>.Failed(error.Message);
        }
    }

    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => Send(message.Key, () => Emails.Add(message));

    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        await BeforeText();
        return await Send(message.Key, () => Texts.Add(message));
    }

    public Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Calls++;
            Changes.AddRange(changes);
            return Task.FromResult<IReadOnlyList<WriteResult>>([.. changes.Skip(ShortAnswer ? 1 : 0).Select(OnWrite)]);
        }
    }

    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Calls++;
            Tickets.Add(draft);
            return Task.FromResult(OnTicket(draft));
        }
    }

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Comments.Add((ticketId, key, text));
            return Task.FromResult(OnComment(key));
        }
    }

    public async Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation)
    {
        lock (_gate)
            Queries.Add(query);
        await BeforeLookUp();
        return OnLookUp(query);
    }

    Task<CrmPerson?> ICrmReader.FindAsync(string id, CancellationToken cancellation) => Task.FromResult(OnFind(id));

    Task<Page<CrmPerson>> ICrmReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Task.FromResult(OnChanged(cursor));

    Task<Ticket?> ITicketReader.FindAsync(string ticketId, CancellationToken cancellation) => Task.FromResult(OnFindTicket(ticketId));

    Task<Page<Ticket>> ITicketReader.ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Task.FromResult(OnTickets(cursor));

    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation) =>
        Task.FromResult(OnSegment(segment, cursor));

    public Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation) => Task.FromResult(OnPoll(cursor));

    /// <summary>Takes a message.</summary>
    public SendResult Take(string key)
    {
        if (!HonoursKey || !Taken.Contains(key))
            Taken.Add(key);
        return SendResult.Accepted(key);
    }

    /// <summary>Takes a message and fails before it can say so.</summary>
    public SendResult TakeAndLose(string key)
    {
        Take(key);
        throw new InvalidOperationException("lost after");
    }

    private Task<SendResult> Send(string key, Action record)
    {
        lock (_gate)
        {
            Calls++;
            record();
            return Task.FromResult(OnSend(key));
        }
    }
}
