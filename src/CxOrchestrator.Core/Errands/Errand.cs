namespace CxOrchestrator.Core.Errands;

/// <summary>What an errand does.</summary>
public enum ErrandKind
{
    /// <summary>Read a person of a CRM again; subject: their id there.</summary>
    ReadPerson,

    /// <summary>Read a ticket of a helpdesk again; subject: its id there; text: the state that the helpdesk told, for one whose tickets can't be read.</summary>
    ReadTicket,

    /// <summary>Tell the agents something on a case's ticket; subject: the case's origin; the connection is the case's.</summary>
    CommentOnCase,
}

/// <summary>Where an errand stands.</summary>
public enum ErrandState
{
    /// <summary>To be run when due.</summary>
    Waiting,

    /// <summary>Run.</summary>
    Done,

    /// <summary>Refused for good, or given up: a dead letter that can be replayed.</summary>
    Dead,

    /// <summary>A dead letter that a person has given up; the row says who and why. Asked for anew, a reading is run again all the same.</summary>
    Discarded,
}

/// <summary>
/// One call to a connection that something which is already stored has made necessary: owed until it is done, whatever happens to the process.
/// </summary>
public sealed record Errand
{
    /// <summary>
    /// What is unique about it, and the idempotency key where it writes. Reading twice what changed twice is one errand: asked for again while it waits, it
    /// is run once, after the last time that it was asked for.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What it does.</summary>
    public required ErrandKind Kind { get; init; }

    /// <summary>The connection to call; empty where the subject tells.</summary>
    public required string Connection { get; init; }

    /// <summary>What it is about; see <see cref="ErrandKind"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>What it says, for those that say something; see <see cref="ErrandKind"/>. Of one that is asked for again it is the last.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it was last asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How often it was asked for, from 1; counted by the store.</summary>
    public int Asked { get; init; } = 1;

    /// <summary>Where it stands.</summary>
    public ErrandState State { get; init; } = ErrandState.Waiting;

    /// <summary>When it is due (again), in customers' time; null where it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was tried since it was last asked for.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it stands as it stands.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Reads a person again.</summary>
    public static Errand Person(string connection, string id, DateTimeOffset now) => new()
    {
        Key = $"person/{connection}/{id}", Kind = ErrandKind.ReadPerson, Connection = connection, Subject = id, AskedAt = now, DueAt = now,
    };

    /// <summary>Reads a ticket again.</summary>
    public static Errand Ticket(string connection, string id, DateTimeOffset now) => new()
    {
        Key = $"ticket/{connection}/{id}", Kind = ErrandKind.ReadTicket, Connection = connection, Subject = id, AskedAt = now, DueAt = now,
    };
}

/// <summary>Keeps errands. New ones come with <see cref="IWork.CommitAsync"/>.</summary>
public interface IErrandStore
{
    /// <summary>Claims waiting errands that are due, longest due first, under a lease.</summary>
    Task<IReadOnlyList<Errand>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>
    /// Commits what became of a claimed errand and frees it, if the lease still holds. One that was asked for again meanwhile waits on and is due at once,
    /// whatever became of it. What is done with reading isn't kept.
    /// </summary>
    Task CompleteAsync(Lease lease, Errand outcome, CancellationToken cancellation);

    /// <summary>Makes a dead one waiting again under its key, with no tries counted. False where it isn't dead.</summary>
    Task<bool> ReplayAsync(string key, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives a dead one up for a reason, which stands before the one that it died of. False where it isn't dead.</summary>
    Task<bool> DiscardAsync(string key, string reason, CancellationToken cancellation);

    /// <summary>Errands in a state, last asked for first.</summary>
    Task<IReadOnlyList<Errand>> ListAsync(ErrandState state, int limit, CancellationToken cancellation);
}
