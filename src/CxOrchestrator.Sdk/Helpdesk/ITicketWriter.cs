namespace CxOrchestrator.Sdk;

/// <summary>Opens and changes tickets in a helpdesk.</summary>
public interface ITicketWriter
{
    /// <summary>Opens a ticket; a draft whose key was used before gives the ticket that it made.</summary>
    Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation);

    /// <summary>Adds a comment for the agents; a comment whose key was used before is not added again.</summary>
    Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation);

    /// <summary>Adds labels; those that are there already stay, and so do others. Default: refused, for helpdesks without labels.</summary>
    Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        Task.FromResult(WriteResult.Refused("unsupported", "this helpdesk has no labels"));
}

/// <summary>Reads tickets from a helpdesk.</summary>
public interface ITicketReader
{
    /// <summary>The ticket with this id, or null.</summary>
    Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation);

    /// <summary>Tickets changed since a cursor that an earlier call gave; null begins with all.</summary>
    Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation);
}

/// <summary>A ticket to open.</summary>
public sealed record TicketDraft
{
    /// <summary>Idempotency key, the same for every try.</summary>
    public required string Key { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>What the agent needs to know, in plain text.</summary>
    public required string Body { get; init; }

    /// <summary>The person's id in the CRM, or our id of the customer.</summary>
    public required string PersonId { get; init; }

    /// <summary>The person's name.</summary>
    public string? PersonName { get; init; }

    /// <summary>The person's e-mail address.</summary>
    public string? PersonEmail { get; init; }

    /// <summary>Who is to put it right, as the helpdesk names them.</summary>
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Where a ticket stands.</summary>
public enum TicketState
{
    /// <summary>Nobody has answered yet.</summary>
    New,

    /// <summary>Somebody works on it.</summary>
    Open,

    /// <summary>The agent says that it is put right.</summary>
    Solved,

    /// <summary>Ended for good.</summary>
    Closed,
}

/// <summary>A ticket as the helpdesk knows it.</summary>
public sealed record Ticket(string Id, string Subject, TicketState State, string? Owner, DateTimeOffset? Due, DateTimeOffset ChangedAt);
