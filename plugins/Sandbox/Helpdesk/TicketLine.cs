using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Helpdesk;

/// <summary>What a line of <c>tickets.ndjson</c> tells of.</summary>
internal enum TicketLineKind
{
    /// <summary>A ticket was opened; the line holds its draft.</summary>
    Opened,

    /// <summary>A comment was added; the line holds its text.</summary>
    Commented,

    /// <summary>The ticket moved to another state.</summary>
    Moved,
}

/// <summary>One line of <c>tickets.ndjson</c>.</summary>
internal sealed record TicketLine
{
    public required TicketLineKind Kind { get; init; }

    public required string TicketId { get; init; }

    public required DateTimeOffset At { get; init; }

    public TicketDraft? Draft { get; init; }

    public string? Key { get; init; }

    public string? Text { get; init; }

    public TicketState? State { get; init; }
}
