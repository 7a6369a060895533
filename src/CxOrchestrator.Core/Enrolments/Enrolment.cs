using System.Text.Json;

namespace CxOrchestrator.Core.Enrolments;

/// <summary>Where an enrolment stands.</summary>
public enum EnrolmentState
{
    /// <summary>Under way: due at a time, or waiting for an event.</summary>
    Active,

    /// <summary>Walked to the end, or to an exit step.</summary>
    Completed,

    /// <summary>Ended by an exit rule.</summary>
    Exited,

    /// <summary>Stopped by an error that a person must look at.</summary>
    Failed,
}

/// <summary>One customer's walk through one version of a journey.</summary>
public sealed record Enrolment
{
    /// <summary>Our key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>The journey's version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The re-entry slot: unique with journey and customer until the slot is free again (see <see cref="Enrol"/>).</summary>
    public required string EntryKey { get; init; }

    /// <summary>The event that began it; null for a schedule.</summary>
    public Guid? EventId { get; init; }

    /// <summary>In which lane it waits for its turn.</summary>
    public Lane Lane { get; init; } = Lane.Personal;

    /// <summary>Where it stands.</summary>
    public EnrolmentState State { get; init; } = EnrolmentState.Active;

    /// <summary>Id of the step at which it stands.</summary>
    public required string StepId { get; init; }

    /// <summary>True where the step at which it stands has been entered (a wait that runs), false where it is still to be entered.</summary>
    public bool Entered { get; init; }

    /// <summary>When it is due to be walked on, in customers' time; null where it only waits for an event.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The type of event that it waits for, or null.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>The delivery whose event it waits for, or null for any.</summary>
    public Guid? WaitsOn { get; init; }

    /// <summary>What conditions and templates see of it.</summary>
    public required EnrolmentContext Context { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the goal was reached, or null.</summary>
    public DateTimeOffset? GoalAt { get; init; }

    /// <summary>Why it stands as it stands, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Raised with every change; a change is refused where it isn't the one that was read.</summary>
    public int Revision { get; init; }
}

/// <summary>What an enrolment carries along.</summary>
public sealed record EnrolmentContext
{
    /// <summary>The triggering event as conditions see it: type, time, data.</summary>
    public JsonElement Event { get; init; } = Json.EmptyObject;

    /// <summary>The data of the last answer that a waitFor took, or null.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>The event that the last waitFor took, so that no waitFor takes it again; null where none did.</summary>
    public Guid? Heard { get; init; }

    /// <summary>How often each step was entered, by step id: the occurrence of the next send.</summary>
    public IReadOnlyDictionary<string, int> Visits { get; init; } = new Dictionary<string, int>();

    /// <summary>The delivery of the last occurrence of each send step, by step id.</summary>
    public IReadOnlyDictionary<string, Guid> Deliveries { get; init; } = new Dictionary<string, Guid>();

    /// <summary>Where splits have put it, by the split's name: that stays, whatever becomes of their weights.</summary>
    public IReadOnlyDictionary<string, SplitPlace> Splits { get; init; } = new Dictionary<string, SplitPlace>();

    /// <summary>
    /// What the steps did, in order; of a long walk the newest <see cref="Trace.Most"/>. Of an enrolment that was read to be moved it may be the end alone, which
    /// knows that (<see cref="Enrolments.Trail.IsEnd"/>): add to it with <see cref="With"/>, and never write a list of it in its place.
    /// </summary>
    public IReadOnlyList<Trace> Trail { get; init; } = [];

    /// <summary>The context with one trace more.</summary>
    public EnrolmentContext With(Trace trace) => this with { Trail = Enrolments.Trail.Of(Trail).With(trace) };

    /// <summary>The context with the last trace told anew: a wait that was looked at again is the same wait.</summary>
    public EnrolmentContext Retold(string did) => this with { Trail = Enrolments.Trail.Of(Trail).Retold(did) };
}

/// <summary>Where a split has put an enrolment.</summary>
/// <param name="Variant">The variant's name, or <see cref="Journeys.SplitStep.HeldOut"/>.</param>
/// <param name="Bucket">The customer's bucket, from 0.</param>
public sealed record SplitPlace(string Variant, int Bucket);

/// <summary>What one step did, for people.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="At">When, in customers' time.</param>
/// <param name="Did">What, in words, with the values that decided.</param>
public sealed record Trace(string Step, DateTimeOffset At, string Did)
{
    /// <summary>How many a walk keeps: a loop must not grow its row without end.</summary>
    public const int Most = 100;
}

/// <summary>A request to enrol, checked against the re-entry constraint in the transaction that stores it.</summary>
/// <param name="Enrolment">The enrolment to begin.</param>
/// <param name="NotBefore">
/// The slot (journey, customer, entry key) is free again from this time on: null for never. A slot that was never used is free.
/// </param>
public sealed record Enrol(Enrolment Enrolment, DateTimeOffset? NotBefore);

/// <summary>Reads enrolments; those that are due are taken by <see cref="IWork.WalkDueAsync"/>.</summary>
public interface IEnrolmentStore
{
    /// <summary>Active enrolments of these customers, leased or not; their trails may be the ends alone.</summary>
    Task<IReadOnlyList<Enrolment>> ActiveAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation);

    /// <summary>Those that exist, by key.</summary>
    Task<IReadOnlyDictionary<Guid, Enrolment>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <summary>The earliest due time of an active enrolment, or null.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation);

    /// <summary>How many stand at each step, by journey, version and state.</summary>
    Task<IReadOnlyList<EnrolmentCount>> CountAsync(CancellationToken cancellation);
}

/// <summary>How many enrolments of a journey's version stand at a step in a state.</summary>
public sealed record EnrolmentCount(string Journey, int Version, string StepId, EnrolmentState State, long Count);
