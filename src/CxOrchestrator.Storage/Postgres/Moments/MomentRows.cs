using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>moments</c>, <c>moment_plans</c> and <c>customer_changes</c>, many at once.</summary>
internal static class MomentRows
{
    private static readonly RowSet<MomentMove> Moves = new RowSet<MomentMove>()
        .Text("journey", one => one.Journey).Key("customer_id", one => one.CustomerId).Time("due_at", one => one.DueAt).Time("since", one => one.Since)
        .Time("was", one => one.Was);

    private static readonly RowSet<Moment> Moments = new RowSet<Moment>()
        .Text("journey", one => one.Journey).Key("customer_id", one => one.CustomerId).Time("due_at", one => one.DueAt).Time("since", one => one.Since);

    private const string PutPlan = $"""
        insert into moment_plans ({StoredMoment.PlanColumns}) values ($1, $2, $3, $4, $5)
        on conflict (journey) do update set rule = excluded.rule, since = excluded.since, cursor = excluded.cursor, done = excluded.done
        """;

    private static readonly string Place = $"""
        insert into moments ({StoredMoment.Columns}) select {StoredMoment.Columns} from {Moves.Table} where v.due_at is not null and v.was is null
        on conflict (journey, customer_id) do update set due_at = excluded.due_at, since = coalesce(moments.since, excluded.since)
        """;

    private static readonly string PlaceFrom = $"""
        update moments m set due_at = v.due_at, since = v.since from {Moves.Table}
        where m.journey = v.journey and m.customer_id = v.customer_id and m.due_at = v.was and v.due_at is not null
        """;

    private static readonly string Drop = $"""
        delete from moments m using {Moves.Table}
        where m.journey = v.journey and m.customer_id = v.customer_id and v.due_at is null and m.due_at = coalesce(v.was, m.due_at)
        """;

    private static readonly string PutOff = $"""
        insert into moments ({StoredMoment.Columns}) select {StoredMoment.Columns} from {Moments.Table}
        on conflict (journey, customer_id) do update set due_at = excluded.due_at, since = excluded.since where excluded.due_at > moments.due_at
        """;

    private const string NoteChange = "insert into customer_changes (customer_id) select v.id from unnest($1::uuid[]) as v(id) where exists (select 1 from moment_plans)";

    public static Task<int> PutAsync(PgSession session, MomentPlan plan) =>
        session.Use(PutPlan).Add(plan.Journey).Add(plan.Rule).Add(plan.Since).Add(plan.Cursor).Add(plan.Done).ExecuteAsync();

    /// <summary>Stands moments where a look has found that they belong.</summary>
    public static async Task MoveAsync(PgSession session, IReadOnlyList<MomentMove> moves)
    {
        if (moves.Count == 0)
            return;
        var inOrder = moves.OrderBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.CustomerId, InOrderOfTime.Keys).ToList();
        foreach (var sql in (string[])[Drop, PlaceFrom, Place])
            await session.Use(sql).Add(Moves, inOrder).ExecuteAsync();
    }

    /// <summary>Puts the ends of silences off, which events have broken.</summary>
    public static async Task ArmAsync(PgSession session, IReadOnlyList<Moment> moments)
    {
        if (moments.Count == 0)
            return;
        // One statement can't touch a row twice: of several events of a customer the one that puts it off the farthest counts.
        var latest = moments.GroupBy(one => (one.Journey, one.CustomerId)).Select(group => group.MaxBy(one => one.DueAt)!)
            .OrderBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.CustomerId, InOrderOfTime.Keys).ToList();
        await session.Use(PutOff).Add(Moments, latest).ExecuteAsync();
    }

    /// <summary>Notes that customers became known or changed, where somebody wants to know.</summary>
    public static Task NoteAsync(PgSession session, IReadOnlyCollection<Guid> customers) =>
        customers.Count == 0 ? Task.CompletedTask : session.Use(NoteChange).Add(customers).ExecuteAsync();
}
