using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>errands</c>.</summary>
internal static class ErrandRows
{
    public const string Columns = "key, kind, connection, subject, text, asked, asked_at, state, due_at, attempts, reason";

    // Asked for again while it waits, it keeps its place: a service that is out of reach is not called the sooner for it. What says something (kind 2) is
    // said once.
    private const string Insert = $"""
        insert into errands ({Columns}) values (?, ?, ?, ?, ?, 1, ?, 0, ?, 0, ?)
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

    public static Errand Read(Statement row) => new()
    {
        Key = row.Text(0),
        Kind = (ErrandKind)row.Int(1),
        Connection = row.Text(2),
        Subject = row.Text(3),
        Text = row.Text(4),
        Asked = row.Int(5),
        AskedAt = row.Time(6),
        State = (ErrandState)row.Int(7),
        DueAt = row.TimeOrNull(8),
        Attempts = row.Int(9),
        Reason = row.Text(10),
    };
}
