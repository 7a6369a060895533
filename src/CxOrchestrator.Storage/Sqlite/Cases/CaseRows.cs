using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>cases</c>.</summary>
internal static class CaseRows
{
    private const string Insert = $"""
        insert into cases ({StoredCase.Columns}, try_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    // A node that comes late with "try again" doesn't open anew what another has opened.
    private const string Change = """
        update cases set owner = ?, due_at = ?, subject = ?, body = ?, state = ?, connection = ?, ticket_id = ?, attempts = ?, reason = ?,
          changed_at = ?, try_at = ?, lease_node = null, lease_until = null
        where id = ? and (state = 0 or ? <> 0)
        """;

    private const string Exists = "select 1 from cases where id = ?";

    public static void Add(SqliteSession session, Case added) =>
        session.Use(Insert)
            .Add(added.Id).Add(added.CustomerId).Add(added.Origin).Add(added.Kind).Add(added.Journey).Add(added.InvitationId)
            .Add(added.EnrolmentId).Add(added.Owner).Add(added.DueAt).Add(added.Subject).Add(added.Body).Add(added.State)
            .Add(added.Connection).Add(added.TicketId).Add(added.Attempts).Add(added.Reason).Add(added.OpenedAt).Add(added.ChangedAt)
            .Add(added.State == CaseState.Opening ? added.OpenedAt : null)
            .Execute();

    /// <summary>Stores a case as it stands; false where it stands further already.</summary>
    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public static bool Put(SqliteSession session, Case changed, DateTimeOffset? tryAgainAt)
    {
        var rows = session.Use(Change)
            .Add(changed.Owner).Add(changed.DueAt).Add(changed.Subject).Add(changed.Body).Add(changed.State).Add(changed.Connection)
            .Add(changed.TicketId).Add(changed.Attempts).Add(changed.Reason).Add(changed.ChangedAt)
            .Add(changed.State == CaseState.Opening ? tryAgainAt ?? changed.ChangedAt : null)
            .Add(changed.Id).Add(changed.State)
            .Execute();
        if (rows == 0 && session.Use(Exists).Add(changed.Id).Number() is null)
            throw new InvalidOperationException($"There is no case {changed.Id} ({changed.Origin}): cases begin with a commit of effects.");
        return rows == 1;
    }
}
