using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Core.Explaining;

/// <summary>Reads what is stored about one customer and one journey.</summary>
public interface IExplainStore
{
    /// <summary>
    /// All of it at one moment. What it costs depends on how much is stored about the customer, with the limits of <see cref="ExplainFacts"/>, and not on
    /// how much is stored about others.
    /// </summary>
    Task<ExplainFacts> ReadAsync(ExplainQuery query, CancellationToken cancellation);
}

/// <summary>Whom and what it is about.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Journey">The journey's key.</param>
/// <param name="About">One event, or null.</param>
public sealed record ExplainQuery(Customer Customer, string Journey, EventName? About);

/// <summary>What is stored.</summary>
public sealed record ExplainFacts
{
    /// <summary>How many events, write-backs and cases of the customer are read, the newest.</summary>
    public const int Most = 200;

    /// <summary>How many walks are read, the newest.</summary>
    public const int MostWalks = 20;

    /// <summary>The customer's newest events, newest first, and those that began one of the walks.</summary>
    public required IReadOnlyList<DecidedEvent> Events { get; init; }

    /// <summary>Events under one of the customer's ids that nobody was known by when they came.</summary>
    public IReadOnlyList<DecidedEvent> Strangers { get; init; } = [];

    /// <summary>The event that was asked about, whoever's it is; null where it isn't stored.</summary>
    public DecidedEvent? About { get; init; }

    /// <summary>The walks, newest first.</summary>
    public IReadOnlyList<Enrolment> Walks { get; init; } = [];

    /// <summary>The messages of these walks, in order of planning.</summary>
    public IReadOnlyList<WatchedDelivery> Deliveries { get; init; } = [];

    /// <summary>The invitations of these walks, with their answers.</summary>
    public IReadOnlyList<InvitationState> Invitations { get; init; } = [];

    /// <summary>The customer's newest cases of this journey.</summary>
    public IReadOnlyList<Case> Cases { get; init; } = [];

    /// <summary>The customer's newest write-backs, of any journey.</summary>
    public IReadOnlyList<WriteBack> WriteBacks { get; init; } = [];

    /// <summary>Where splits of this journey count the customer.</summary>
    public IReadOnlyList<SplitPerson> Splits { get; init; } = [];

    /// <summary>All that the customer ever said on consent, newest first.</summary>
    public IReadOnlyList<ConsentRecord> Consents { get; init; } = [];

    /// <summary>The customer's addresses that must not be used now.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>The re-entry slots that are taken, with when each is free again (null for never).</summary>
    public IReadOnlyList<(string Key, DateTimeOffset? FreeAgain)> Slots { get; init; } = [];
}

/// <summary>An event with what was decided on it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Processed">Whether it is done with.</param>
/// <param name="Decisions">Decisions for this journey, and those for none.</param>
public sealed record DecidedEvent(CustomerEvent Event, bool Processed, IReadOnlyList<EventDecision> Decisions);

/// <summary>A message with when its service is asked next what became of it.</summary>
/// <param name="Delivery">The row of the ledger.</param>
/// <param name="LookUpAt">When the service is asked (again), in customers' time; null for never.</param>
public sealed record WatchedDelivery(Delivery Delivery, DateTimeOffset? LookUpAt);
