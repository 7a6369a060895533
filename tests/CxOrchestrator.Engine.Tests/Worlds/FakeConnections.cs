using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>One connection that can do everything, records what it is asked, and answers as a test tells it.</summary>
public sealed class FakeConnections : IConnections, IEmailSender, ISmsSender, ICrmWriter, ICrmReader, ITicketWriter, IEventPoller
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

    /// <summary>Keys of messages that the service took, in order; a service that honours the key takes each once.</summary>
    public List<string> Taken { get; } = [];

    public int Calls { get; private set; }

    /// <summary>What the guard says of the next calls, before the connector is called; null lets it be called.</summary>
    public Func<CallKind, (string Reason, TimeSpan RetryAfter)?> Guard { get; set; } = _ => null;

    public Func<string, SendResult> OnSend { get; set; } = key => SendResult.Accepted($"id-{key}");

    public Func<CrmChange, WriteResult> OnWrite { get; set; } = change => WriteResult.Written($"crm-{change.Key}");

    public Func<TicketDraft, WriteResult> OnTicket { get; set; } = draft => WriteResult.Written($"ticket-{draft.Key}");

    public Func<string, string?, Page<CrmPerson>> OnSegment { get; set; } = (_, _) => new Page<CrmPerson>([], null);

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

    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => Send(message.Key, () => Texts.Add(message));

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

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) =>
        Task.FromResult(WriteResult.Written(key));

    public Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult<CrmPerson?>(null);

    public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) =>
        Task.FromResult(new Page<CrmPerson>([], null));

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
