using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>errands</c>.</summary>
internal static class ErrandRows
{
    private static readonly RowSet<Errand> Errands = new RowSet<Errand>()
        .Text("key", one => one.Key).Enum("kind", one => one.Kind).Text("connection", one => one.Connection).Text("subject", one => one.Subject)
        .Text("text", one => one.Text).Time("asked_at", one => one.AskedAt).Time("due_at", one => one.DueAt ?? one.AskedAt)
        .Text("reason", one => one.Reason);

    // Asked for again while it waits, it keeps its place: a service that is out of reach is not called the sooner for it. What says something (kind 2) is
    // said once.
    private static readonly string Insert = $"""
        insert into errands as e ({Errands.Names}, asked, state, attempts) select {Errands.Names}, 1, 0, 0 from {Errands.Table}
        on conflict (key) do update
        set asked = e.asked + 1, asked_at = excluded.asked_at, text = excluded.text, state = 0,
          due_at = case when e.state = 0 then e.due_at else excluded.due_at end,
          attempts = case when e.state = 0 then e.attempts else 0 end
        where excluded.kind <> 2
        """;

    /// <summary>Asks for errands.</summary>
    public static async Task AskAsync(PgSession session, IReadOnlyList<Errand> errands)
    {
        foreach (var round in Rounds.Of(errands, one => one.Key))
            await session.Use(Insert).Add(Errands, [.. round.OrderBy(one => one.Key, StringComparer.Ordinal)]).ExecuteAsync();
    }
}
