using System.Text.Json;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.WriteBacks;

/// <summary>Where a write-back stands.</summary>
public enum WriteBackState
{
    /// <summary>To be written when due.</summary>
    Waiting,

    /// <summary>Stands in the CRM.</summary>
    Written,

    /// <summary>Refused for good, or given up: a dead letter that can be replayed.</summary>
    Dead,

    /// <summary>A dead letter that a person has given up; the row says who and why.</summary>
    Discarded,
}

/// <summary>One change owed to the customer's record in the CRM.</summary>
public sealed record WriteBack
{
    /// <summary>Our key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Idempotency key, unique: for example <c>answer/INVITATION/REVISION</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it is about.</summary>
    public required CrmChangeKind Kind { get; init; }

    /// <summary>A line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The values: a JSON object.</summary>
    public required JsonElement Values { get; init; }

    /// <summary>When the thing happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it stands.</summary>
    public WriteBackState State { get; init; } = WriteBackState.Waiting;

    /// <summary>When it is due (again), in customers' time; null where it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it stands as it stands.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The connection it was written to, and the CRM's id of what was written.</summary>
    public string? Connection { get; init; }

    /// <summary>The CRM's id of what was written.</summary>
    public string? CrmId { get; init; }

    /// <summary>The enrolment whose step made it, or null; left out of a commit that refuses that enrolment or its move.</summary>
    public Guid? EnrolmentId { get; init; }
}

/// <summary>Keeps write-backs. New ones come with <see cref="IWork.CommitAsync"/>.</summary>
public interface IWriteBackStore
{
    /// <summary>
    /// Claims waiting write-backs that are due, longest due first, given in order of key, under a lease; only the first (by key) of a
    /// customer's that still wait is claimed, so that the record ends as it should even where that one must be tried again.
    /// </summary>
    Task<IReadOnlyList<WriteBack>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Commits outcomes and frees the leases.</summary>
    Task CompleteAsync(IReadOnlyList<WriteBack> outcomes, CancellationToken cancellation);

    /// <summary>Makes those that wait and were put off due now, because the CRM works again; gives how many.</summary>
    Task<int> HastenAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Those in a state, newest first.</summary>
    Task<IReadOnlyList<WriteBack>> ListAsync(WriteBackState state, int limit, CancellationToken cancellation);

    /// <summary>Makes a dead one waiting again, with no tries counted. False where it isn't dead.</summary>
    Task<bool> ReplayAsync(Guid id, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives a dead one up for a reason, which stands before the one that it died of. False where it isn't dead.</summary>
    Task<bool> DiscardAsync(Guid id, string reason, CancellationToken cancellation);

    /// <summary>How many there are in each state.</summary>
    Task<IReadOnlyDictionary<WriteBackState, long>> CountAsync(CancellationToken cancellation);
}
