using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>What staff pages read: timelines, cases, the books, marks. None of it can be written.</summary>
internal sealed class StaffFakes : ITimelineStore, ICaseStore, IBooksStore, IMarkStore, INodeStore
{
    public List<TimelineEntry> Timeline { get; } = [];

    public List<Case> Cases { get; } = [];

    public bool StoreIsDown { get; set; }

    /// <summary>What counting the books waits for.</summary>
    public Func<CancellationToken, Task> OnBooks { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often the books were counted.</summary>
    public int BooksCounted { get; private set; }

    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid customerId, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<TimelineEntry>>([.. Timeline.OrderByDescending(entry => entry.At).Take(limit)]);

    public Task<IReadOnlyList<Case>> ListAsync(CaseState? state, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Case>>([.. Cases.Where(one => state is null || one.State == state).OrderBy(one => one.DueAt).Take(limit)]);

    public Task<IReadOnlyDictionary<CaseState, long>> CountAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<CaseState, long>>(Cases.GroupBy(one => one.State).ToDictionary(group => group.Key, group => (long)group.Count()));

    public async Task<Books> ReadAsync(CancellationToken cancellation)
    {
        BooksCounted++;
        await OnBooks(cancellation);
        return new Books
        {
            Events = 12_344 + BooksCounted, EventsWaiting = 0, Decisions = new Dictionary<EventOutcome, long>(), EventsWithoutDecision = 0,
            EnrolmentsByEvent = 0, EnrolmentsBySchedule = 0, Deliveries = new Dictionary<DeliveryState, long>(), DeliveryRows = 0, Responses = 0,
            ResponseRevisions = 0, AnswerEvents = 0, AnswerWriteBacks = 0, Cases = new Dictionary<CaseState, long>(),
            WriteBacks = new Dictionary<WriteBackState, long>(),
        };
    }

    public Task<string?> ReadAsync(string name, CancellationToken cancellation) =>
        StoreIsDown ? throw new IOException("disk gone at /secret/path") : Task.FromResult<string?>(null);

    public Task<IReadOnlyList<Case>> ClaimOpeningAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SaveAsync(Case changed, DateTimeOffset? tryAgainAt, Effects effects, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Case?> FindAsync(string origin, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<Case>> FindAsync(string connection, IReadOnlyCollection<string> ticketIds, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task WriteAsync(string name, string value, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<string> WriteOnceAsync(string name, string value, CancellationToken cancellation) => throw new NotSupportedException();

    Task<NodeList> INodeStore.ListAsync(CancellationToken cancellation) => Task.FromResult(new NodeList(At, [Node("one", 15), Node("two", -60)]));

    public Task<DateTimeOffset> TimeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Registration> RegisterAsync(NodeIdentity node, TimeSpan lease, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<BeatAnswer> BeatAsync(string id, NodeBeat beat, TimeSpan lease, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<TakenOver> TakeOverAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task ForgetAsync(string id, HeldWork kind, CancellationToken cancellation) => throw new NotSupportedException();

    public Task StopAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static NodeReport Node(string name, int leaseSeconds) => new()
    {
        Node = new NodeIdentity { Id = $"{name}/1", Name = name, Version = "1.2.3" }, State = NodeState.Running, StartedAt = At.AddHours(-1), HeardAt = At.AddSeconds(-2),
        LeaseUntil = At.AddSeconds(leaseSeconds), Holds = new Dictionary<string, long> { ["events"] = 3 },
    };

    public Task<bool> TakeOnceAsync(string name, CancellationToken cancellation) => throw new NotSupportedException();
}

/// <summary>One sandbox with an outbox, and a connection that can't be read.</summary>
internal sealed class FakeConnections : IConnections, IOutbox, IWebhookReceiver
{
    public List<OutboxItem> Items { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>What the connection "texts" makes of a call; throws where it fails.</summary>
    public Func<WebhookRequest, WebhookResult> OnHook { get; set; } = _ => WebhookResult.Taken();

    /// <summary>The calls that it was given.</summary>
    public List<WebhookRequest> Hooks { get; } = [];

    public IReadOnlyList<ConnectionStatus> Connections { get; } =
    [
        new("texts", "sms", [Capability.SmsSender, Capability.WebhookReceiver], new StateReport(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, "")),
        new("sandbox", "sandbox", [Capability.EmailSender, Capability.Outbox], new StateReport(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, "")),
        new("mail", "email.smtp", [Capability.EmailSender], new StateReport(ConnectionState.Misconfigured, "Host is <missing>", DateTimeOffset.UnixEpoch, "Set it.")),
    ];

    public IReadOnlyList<PluginStatus> Plugins => [];

    public ConnectionStatus? For(Capability capability) => null;

    public bool Accepts(string connection) => true;

    public async Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class =>
        typeof(TCapability) == typeof(IWebhookReceiver) ? await HookAsync(connection, kind, call, cancellation)
        : connection != "sandbox" || kind != CallKind.Read || this is not TCapability capability ? throw new InvalidOperationException("not allowed")
        : IsDown ? new CallResult<T>.NotCalled("the breaker is open", TimeSpan.FromSeconds(10))
        : new CallResult<T>.Answered(await call(capability, cancellation));

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        Hooks.Add(request);
        return Task.FromResult(OnHook(request));
    }

    private async Task<CallResult<T>> HookAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        // A call that a service waits for is neither repeated nor given up where the service hangs up.
        if (connection != "texts" || kind != CallKind.Receive || cancellation.CanBeCanceled)
            throw new InvalidOperationException("not allowed");
        if (IsDown)
            return new CallResult<T>.NotCalled("the breaker is open", TimeSpan.FromSeconds(9.5));
        try
        {
            return new CallResult<T>.Answered(await call((TCapability)(object)this, cancellation));
        }
        catch (FormatException error)
        {
            return new CallResult<T>.Failed(error.GetType().Name);
        }
    }

    public Task<Page<OutboxItem>> ListAsync(string? cursor, CancellationToken cancellation)
    {
        var start = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var page = Items.Skip(start).Take(2).ToList();
        return Task.FromResult(new Page<OutboxItem>(page, start + 2 < Items.Count ? $"{start + 2}" : null));
    }

    public Task<OutboxItem?> FindAsync(string key, CancellationToken cancellation) => Task.FromResult(Items.Find(item => item.Key == key));
}
