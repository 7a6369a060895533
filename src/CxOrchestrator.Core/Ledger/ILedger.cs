using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Ledger;

/// <summary>
/// The contact ledger. Rows move planned → claimed → handed over → accepted, rejected, deferred, unknown; a row is changed only by the
/// node that holds its lease. New rows come with <see cref="IWork.CommitAsync"/>.
/// </summary>
public interface ILedger
{
    /// <summary>
    /// Claims planned and deferred rows under a lease that are due and wait for a channel: at first the one that is preferred. Lane by lane, the one whose turn
    /// it is first (<see cref="LaneTurns"/>), and of a lane the longest due first.
    /// </summary>
    Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, Channel channel, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Claims rows that are due on any channel, those for e-mail first.</summary>
    async Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var letters = await ClaimDueAsync(lease, Channel.Email, now, limit, cancellation).ConfigureAwait(false);
        return letters.Count == limit ? letters : [.. letters, .. await ClaimDueAsync(lease, Channel.Sms, now, limit - letters.Count, cancellation).ConfigureAwait(false)];
    }

    /// <summary>
    /// Lets go of claimed rows that another channel is to decide on: they wait for that one from now on, due as before. A row that isn't claimed under this lease's
    /// node any more stays as it is.
    /// </summary>
    Task PassOnAsync(Lease lease, Channel to, IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <summary>
    /// Commits, before the first byte leaves, that these claimed rows are handed over: state, channel, connection, attempts + 1. Gives
    /// the keys of those whose lease still held, and for which there was room in the customer's attention budget; the others must not be sent.
    /// </summary>
    Task<IReadOnlySet<Guid>> HandOverAsync(
        Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Commits outcomes of claimed or handed-over rows together with their effects (write-backs, events, suppressions, an enrolment
    /// that waited). A row that another node has taken meanwhile keeps its state; a late answer for a row that became unknown is taken.
    /// </summary>
    Task CompleteAsync(Lease lease, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellation);

    /// <summary>
    /// Takes rows whose lease has ended: claimed ones become planned, handed-over ones unknown. <paramref name="resendable"/> says which
    /// connections honour the key: their rows become deferred and due now.
    /// </summary>
    Task<(int Replanned, int Unknown)> RecoverAsync(
        DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable, CancellationToken cancellation);

    /// <summary>Those that exist, by key.</summary>
    Task<IReadOnlyDictionary<Guid, Delivery>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <summary>Rows in a state, newest change first.</summary>
    Task<IReadOnlyList<Delivery>> ListAsync(DeliveryState state, int limit, CancellationToken cancellation);

    /// <summary>
    /// Settles an unknown row, by a person's word or by what its service found: accepted, rejected, or deferred to be sent again; with the effects in the
    /// same transaction. False, and nothing is stored, where it isn't unknown.
    /// </summary>
    Task<bool> SettleAsync(DeliveryOutcome outcome, CancellationToken cancellation);

    /// <summary>
    /// Takes unknown rows whose service is to be asked what became of them (<see cref="LookUpTimes"/>), longest due first, and puts them off until
    /// <paramref name="until"/>, so that nobody else asks meanwhile.
    /// </summary>
    Task<IReadOnlyList<Delivery>> TakeUnknownAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation);

    /// <summary>Says when an unknown row's service is asked again; null for never.</summary>
    Task LookAgainAsync(Guid id, DateTimeOffset? at, CancellationToken cancellation);

    /// <summary>How many rows stand in each state.</summary>
    Task<IReadOnlyDictionary<DeliveryState, long>> CountAsync(CancellationToken cancellation);
}

/// <summary>A row about to be handed over.</summary>
public sealed record HandOver(Guid Id, Channel Via, string Connection)
{
    /// <summary>The address that it goes to; null where it isn't told.</summary>
    public string? To { get; init; }

    /// <summary>Why it goes so; see <see cref="Delivery.Decided"/>.</summary>
    public string Decided { get; init; } = "";

    /// <summary>Whose attention it takes; null where it is outside of the budget.</summary>
    public AttentionClaim? Attention { get; init; }
}

/// <summary>Room in an attention budget that a hand-over needs; counted again in the transaction that commits it, since others hand over too.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Budget">The budget, the same for all that are handed over together.</param>
public sealed record AttentionClaim(Guid CustomerId, Attention.AttentionBudget Budget);

/// <summary>What became of a claimed or handed-over row.</summary>
public sealed record DeliveryOutcome
{
    /// <summary>The row.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its new state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>When, in customers' time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it is due again, for planned and deferred rows.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The service's own id.</summary>
    public string? ProviderId { get; init; }

    /// <summary>True where the row was handed over but the connection was certainly not called: the attempt is not counted.</summary>
    public bool NotCalled { get; init; }

    /// <summary>True where it is to be sent again although the last try may have reached the customer; see <see cref="Delivery.Doubtful"/>.</summary>
    public bool Doubtful { get; init; }

    /// <summary>See <see cref="Delivery.AwaitsRoom"/>.</summary>
    public bool AwaitsRoom { get; init; }

    /// <summary>
    /// True for what was decided about a claimed row: it is taken only while the row is still no more than claimed. The node may have claimed it a second time since,
    /// and handed it over, and then the answer is what counts.
    /// </summary>
    public bool OfClaim { get; init; }

    /// <summary>All channels whose services have refused it; null where none has since the row was read.</summary>
    public IReadOnlyList<Refusal>? Refused { get; init; }

    /// <summary>
    /// The hand-over that it is about, counted from 1, for what a service tells by itself: where the row was handed over again meanwhile, it is not taken. Null
    /// where that doesn't matter.
    /// </summary>
    public int? Attempt { get; init; }

    /// <summary>What is stored in the same transaction.</summary>
    public Effects Effects { get; init; } = Effects.None;
}
