using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Core;

/// <summary>
/// What a piece of work leaves behind, stored in one transaction with the state that caused it. Rows with a unique key that exists
/// already are left alone: repeating a commit changes nothing.
/// </summary>
public sealed record Effects
{
    /// <summary>Nothing.</summary>
    public static Effects None { get; } = new();

    /// <summary>Enrolments that want to begin; each subject to its re-entry slot.</summary>
    public IReadOnlyList<Enrol> Enrolments { get; init; } = [];

    /// <summary>Enrolments as they stand after a step; each refused where its revision is not the one that was read.</summary>
    public IReadOnlyList<Enrolment> Moves { get; init; } = [];

    /// <summary>New ledger rows; unique by enrolment, step and occurrence.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>
    /// The lease under which those of <see cref="Deliveries"/> stand that are stored claimed: the node that plans them sends them at once, and nobody has to claim
    /// them. Null where none is.
    /// </summary>
    public Lease? Claim { get; init; }

    /// <summary>New invitations.</summary>
    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>New cases; unique by origin.</summary>
    public IReadOnlyList<Case> Cases { get; init; } = [];

    /// <summary>New write-backs; unique by key.</summary>
    public IReadOnlyList<WriteBack> WriteBacks { get; init; } = [];

    /// <summary>New events of our own; unique by source and source id.</summary>
    public IReadOnlyList<CustomerEvent> Events { get; init; } = [];

    /// <summary>Reasons that events leave.</summary>
    public IReadOnlyList<EventDecision> Decisions { get; init; } = [];

    /// <summary>Events that are done with.</summary>
    public IReadOnlyList<Guid> ProcessedEvents { get; init; } = [];

    /// <summary>Attributes to merge into customers.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>Addresses that must not be used again.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>Suppressions by the customer's own choice that are taken back.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>
    /// Outcomes that a service told by itself. Accepted is taken for every row that was handed over and hasn't ended, also where it was to be sent again:
    /// the customer has it. Rejected is taken for rows handed over or unknown. Deferred, by which a message that certainly did not arrive goes by the next channel,
    /// is taken for rows handed over, accepted or unknown that have not arrived, weren't handed over again meanwhile (<see cref="DeliveryOutcome.Attempt"/>), and
    /// are not doubtful. An outcome that is not taken leaves its own effects out.
    /// </summary>
    public IReadOnlyList<DeliveryOutcome> Settlements { get; init; } = [];

    /// <summary>How far messages have come; never less than is known.</summary>
    public IReadOnlyList<EngagementChange> Engagements { get; init; } = [];

    /// <summary>Calls to connections that are owed; unique by key, see <see cref="Errand.Key"/>.</summary>
    public IReadOnlyList<Errand> Errands { get; init; } = [];

    /// <summary>Customers in whose attention budget there is room again sooner than was thought: what waits for it is due.</summary>
    public IReadOnlyList<RoomFreed> Freed { get; init; } = [];

    /// <summary>Consent given or withdrawn.</summary>
    public IReadOnlyList<ConsentRecord> Consents { get; init; } = [];

    /// <summary>People who came to a split; one who came before stays as they are.</summary>
    public IReadOnlyList<SplitPerson> SplitPeople { get; init; } = [];

    /// <summary>Silences that an event has broken, and when each will have been long enough; only ever put off.</summary>
    public IReadOnlyList<Moment> Silences { get; init; } = [];

    /// <summary>What people of splits did; told of somebody who is not of the split, it is left out.</summary>
    public IReadOnlyList<SplitOutcome> SplitOutcomes { get; init; } = [];
}

/// <summary>Room in the attention budget of a customer, of which others were told that it was taken.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="At">Since when.</param>
public sealed record RoomFreed(Guid CustomerId, DateTimeOffset At);

/// <summary>Attributes of one customer to set.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Attributes">A JSON object, merged by name; a null value removes.</param>
/// <param name="At">When.</param>
public sealed record AttributeChange(Guid CustomerId, System.Text.Json.JsonElement Attributes, DateTimeOffset At)
{
    /// <summary>The enrolment whose step made it, or null; left out of a commit that refuses that enrolment or its move.</summary>
    public Guid? EnrolmentId { get; init; }

    /// <summary>
    /// All attributes of the customer as they were read before the change, or null. The change is merged into what stands, whatever that has become; where it is
    /// still this, a store needn't read it again.
    /// </summary>
    public System.Text.Json.JsonElement? Known { get; init; }
}

/// <summary>Stores effects.</summary>
public interface IWork
{
    /// <summary>
    /// Stores all effects in one transaction, which is committed when the call returns. An enrolment that the re-entry slot refuses, a move that is
    /// refused, and what belongs to either (same enrolment id) is left out and reported; everything else is stored. A decision
    /// <see cref="EventOutcome.Enrolled"/> of a refused enrolment is stored as <see cref="EventOutcome.ReentryRefused"/>. One event begins at
    /// most one enrolment of a journey and leaves one decision on enrolling per journey: the first that is committed. An event that was to
    /// make a move which was refused stays unprocessed and free, so that it is decided anew against what the enrolment has become.
    /// A committed move raises the revision by one and frees the lease.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// An enrolment is moved twice: the second move can't be told from one that lost a race, and what belongs to the first would go with it. Or a delivery is claimed, and
    /// there is no <see cref="Effects.Claim"/>.
    /// </exception>
    Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation);

    /// <summary>
    /// Takes enrolments that are due (their trails may be the ends alone), lets them be walked, and stores what comes of it as <see cref="CommitAsync"/> does. Nobody else takes them meanwhile. A
    /// store that many write to at once keeps them locked in the one transaction, so that a node that dies leaves them free at once; a store with one writer
    /// claims them under the lease.
    /// </summary>
    /// <param name="claim">Which are taken.</param>
    /// <param name="walk">
    /// What the walk of those taken leaves behind; not called where none is due. It may be called again for others after a lost race, so it changes nothing
    /// but its result, and it calls nothing but this store.
    /// </param>
    /// <param name="cancellation">Ends the taking; what is taken is walked and stored.</param>
    Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation);
}

/// <summary>What was left out of a commit.</summary>
/// <param name="RefusedEnrolments">Keys of enrolments that the re-entry slot refused.</param>
/// <param name="RefusedMoves">Keys of enrolments that had changed meanwhile.</param>
public sealed record CommitReport(IReadOnlySet<Guid> RefusedEnrolments, IReadOnlySet<Guid> RefusedMoves);
