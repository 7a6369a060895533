using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>moments</c>, <c>moment_plans</c> and <c>customer_changes</c>.</summary>
internal static class MomentRows
{
    private const string PutPlan = $"""
        insert into moment_plans ({StoredMoment.PlanColumns}) values (?, ?, ?, ?, ?)
        on conflict (journey) do update set rule = excluded.rule, since = excluded.since, cursor = excluded.cursor, done = excluded.done
        """;

    private const string Place = $"""
        insert into moments ({StoredMoment.Columns}) values (?, ?, ?, ?)
        on conflict (journey, customer_id) do update set due_at = excluded.due_at, since = coalesce(moments.since, excluded.since)
        """;

    private const string PlaceFrom = "update moments set due_at = ?, since = ? where journey = ? and customer_id = ? and due_at = ?";

    private const string Drop = "delete from moments where journey = ? and customer_id = ?";

    private const string DropFrom = "delete from moments where journey = ? and customer_id = ? and due_at = ?";

    private const string PutOff = $"""
        insert into moments ({StoredMoment.Columns}) values (?, ?, ?, ?)
        on conflict (journey, customer_id) do update set due_at = excluded.due_at, since = excluded.since where excluded.due_at > moments.due_at
        """;

    private const string NoteChange = "insert into customer_changes (customer_id) select ?1 where exists (select 1 from moment_plans)";

    public static int Put(SqliteSession session, MomentPlan plan) =>
        session.Use(PutPlan).Add(plan.Journey).Add(plan.Rule).Add(plan.Since).Add(plan.Cursor).Add(plan.Done).Execute();

    /// <summary>Stands a moment where a look has found that it belongs.</summary>
    public static void Move(SqliteSession session, MomentMove move)
    {
        if (move is { DueAt: { } due, Was: { } was })
            session.Use(PlaceFrom).Add(due).Add(move.Since).Add(move.Journey).Add(move.CustomerId).Add(was).Execute();
        else if (move.DueAt is { } next)
            session.Use(Place).Add(move.Journey).Add(move.CustomerId).Add(next).Add(move.Since).Execute();
        else if (move.Was is { } from)
            session.Use(DropFrom).Add(move.Journey).Add(move.CustomerId).Add(from).Execute();
        else
            session.Use(Drop).Add(move.Journey).Add(move.CustomerId).Execute();
    }

    /// <summary>Puts the end of a silence off, which an event has broken.</summary>
    public static void Arm(SqliteSession session, Moment moment) =>
        session.Use(PutOff).Add(moment.Journey).Add(moment.CustomerId).Add(moment.DueAt).Add(moment.Since).Execute();

    /// <summary>Notes that a customer became known or changed, where somebody wants to know.</summary>
    public static void Note(SqliteSession session, Guid customer) => session.Use(NoteChange).Add(customer).Execute();
}
