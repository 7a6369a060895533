using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Helpdesk;

/// <summary>One ticket of the sandbox.</summary>
internal sealed class DeskTicket(string id, TicketDraft draft, DateTimeOffset openedAt)
{
    public TicketDraft Draft => draft;

    public DateTimeOffset OpenedAt { get; } = openedAt;

    public TicketState State { get; set; } = TicketState.New;

    public DateTimeOffset ChangedAt { get; set; } = openedAt;

    /// <summary>Number of the last change, over all tickets.</summary>
    public long Change { get; set; }

    /// <summary>The ticket as the contract shows it.</summary>
    public Ticket Show() => new(id, draft.Subject, State, draft.Owner, draft.Due, ChangedAt);
}
