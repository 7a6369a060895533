using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>cases</c>.</summary>
internal static class CaseRows
{
    private static readonly RowSet<Case> Cases = new RowSet<Case>()
        .Key("id", one => one.Id).Key("customer_id", one => one.CustomerId).Text("origin", one => one.Origin).Text("kind", one => one.Kind)
        .Text("journey", one => one.Journey).KeyOrNull("invitation_id", one => one.InvitationId).KeyOrNull("enrolment_id", one => one.EnrolmentId)
        .Text("owner", one => one.Owner).Time("due_at", one => one.DueAt).Text("subject", one => one.Subject).Text("body", one => one.Body)
        .Enum("state", one => one.State).Text("connection", one => one.Connection).Text("ticket_id", one => one.TicketId)
        .Number("attempts", one => one.Attempts).Text("reason", one => one.Reason).Time("opened_at", one => one.OpenedAt)
        .Time("changed_at", one => one.ChangedAt).Time("try_at", one => one.State == CaseState.Opening ? one.OpenedAt : null);

    private static readonly string Insert = Cases.InsertInto("cases");

    // A node that comes late with "try again" doesn't open anew what another has opened.
    private const string Change = """
        update cases set owner = $1, due_at = $2, subject = $3, body = $4, state = $5, connection = $6, ticket_id = $7, attempts = $8, reason = $9,
          changed_at = $10, try_at = $11, lease_node = null, lease_until = null
        where id = $12 and (state = 0 or $5 <> 0)
        """;

    private const string Exists = "select count(*) from cases where id = $1";

    public static Task AddAsync(PgSession session, IReadOnlyList<Case> added) =>
        added.Count == 0 ? Task.CompletedTask : session.Use(Insert).Add(Cases, added).ExecuteAsync();

    /// <summary>Stores a case as it stands; false where it stands further already.</summary>
    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public static async Task<bool> PutAsync(PgSession session, Case changed, DateTimeOffset? tryAgainAt)
    {
        var rows = await session.Use(Change)
            .Add(changed.Owner).Add(changed.DueAt).Add(changed.Subject).Add(changed.Body).Add(changed.State).Add(changed.Connection)
            .Add(changed.TicketId).Add(changed.Attempts).Add(changed.Reason).Add(changed.ChangedAt)
            .Add(changed.State == CaseState.Opening ? tryAgainAt ?? changed.ChangedAt : null)
            .Add(changed.Id)
            .ExecuteAsync();
        if (rows == 0 && await session.Use(Exists).Add(changed.Id).NumberAsync() == 0)
            throw new InvalidOperationException($"There is no case {changed.Id} ({changed.Origin}): cases begin with a commit of effects.");
        return rows == 1;
    }
}
