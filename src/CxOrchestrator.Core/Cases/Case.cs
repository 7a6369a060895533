namespace CxOrchestrator.Core.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Decided; its ticket is still to be opened in the helpdesk.</summary>
    Opening,

    /// <summary>Its ticket stands in the helpdesk.</summary>
    Open,

    /// <summary>Put right, as the helpdesk says.</summary>
    Solved,

    /// <summary>The helpdesk refused the ticket for good: a person must look.</summary>
    Refused,
}

/// <summary>An unhappy answer that is being put right.</summary>
public sealed record Case
{
    /// <summary>Our key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>
    /// What it comes from, unique: <c>invitation/ID</c> for an answer (so that a survey's own rule and a journey's step open one case
    /// between them), else <c>enrolment/ID/STEP/OCCURRENCE</c>.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>Its kind, for example <c>detractor</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The journey it came from, or empty.</summary>
    public string Journey { get; init; } = "";

    /// <summary>The invitation whose answer it is about, or null.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>The enrolment whose step made it, or null; left out of a commit that refuses that enrolment or its move.</summary>
    public Guid? EnrolmentId { get; init; }

    /// <summary>Who is to put it right.</summary>
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>What the agent needs to know.</summary>
    public required string Body { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; init; } = CaseState.Opening;

    /// <summary>The helpdesk connection, once there is a ticket.</summary>
    public string? Connection { get; init; }

    /// <summary>The ticket's id there.</summary>
    public string? TicketId { get; init; }

    /// <summary>How often the opening was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it stands as it stands.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The origin of a case about the answer to an invitation, whoever opens it.</summary>
    public static string OriginOf(Guid invitationId) => $"invitation/{invitationId:N}";
}

/// <summary>Keeps cases. New ones come with <see cref="IWork.CommitAsync"/> and start as <see cref="CaseState.Opening"/>.</summary>
public interface ICaseStore
{
    /// <summary>Claims cases whose ticket is to be opened and due to be tried, oldest first, under a lease.</summary>
    Task<IReadOnlyList<Case>> ClaimOpeningAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Commits what became of an opening (or a change that the helpdesk told), with its effects; frees the lease.</summary>
    Task SaveAsync(Case changed, DateTimeOffset? tryAgainAt, Effects effects, CancellationToken cancellation);

    /// <summary>The case of this origin, or null.</summary>
    Task<Case?> FindAsync(string origin, CancellationToken cancellation);

    /// <summary>The cases of these tickets.</summary>
    Task<IReadOnlyList<Case>> FindAsync(string connection, IReadOnlyCollection<string> ticketIds, CancellationToken cancellation);

    /// <summary>Cases, earliest due first; all states where none is given.</summary>
    Task<IReadOnlyList<Case>> ListAsync(CaseState? state, int limit, CancellationToken cancellation);

    /// <summary>How many there are in each state.</summary>
    Task<IReadOnlyDictionary<CaseState, long>> CountAsync(CancellationToken cancellation);
}
