using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>errands</c>.</summary>
internal static class ErrandRows
{
    // Asked for again while it waits, it keeps its place: a service that is out of reach is not called the sooner for it. What says something (kind 2) is
    // said once.
    private const string Insert = $"""
        insert into errands ({StoredErrand.Columns}) values (?, ?, ?, ?, ?, 1, ?, 0, ?, 0, ?)
        on conflict (key) do update
        set asked = asked + 1, asked_at = excluded.asked_at, text = excluded.text, state = 0,
          due_at = case when errands.state = 0 then errands.due_at else excluded.due_at end,
          attempts = case when errands.state = 0 then errands.attempts else 0 end
        where excluded.kind <> 2
        """;

    /// <summary>Asks for an errand.</summary>
    public static void Ask(SqliteSession session, Errand errand) =>
        session.Use(Insert)
            .Add(errand.Key).Add(errand.Kind).Add(errand.Connection).Add(errand.Subject).Add(errand.Text).Add(errand.AskedAt)
            .Add(errand.DueAt ?? errand.AskedAt).Add(errand.Reason)
            .Execute();
}
