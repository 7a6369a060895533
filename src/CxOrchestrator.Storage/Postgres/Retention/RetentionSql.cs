namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// What holds a month back, and how rows go. Walks hold what is theirs while they are under way (0) or wait for a person (3). The texts that take a month take
/// its tables' names, which are made of our own words and a month.
/// </summary>
internal static class RetentionSql
{
    // "cxo" in the bytes of a number, and one; and the schema, as one database may hold several installations. One drops at a time, on any node, and others leave it
    // to them.
    public const string OneAtATime = "select case when pg_try_advisory_xact_lock(6522992, hashtext(current_schema())) then 1 else 0 end";

    /// <summary>Values: a table.</summary>
    public const string Months = """
        select part.relname::text from pg_inherits join pg_class part on part.oid = inhrelid join pg_class whole on whole.oid = inhparent
        where whole.relname = $1 and whole.relnamespace = (select oid from pg_namespace where nspname = current_schema()) order by 1
        """;

    /// <summary>Values: the month's first key, the first key after it.</summary>
    public const string EventsOfWalks = "select count(*) from enrolments where event_id >= $1 and event_id < $2 and state in (0, 3)";

    public const string LockEvents = "set local lock_timeout = '1s'; lock table events, event_decisions in access exclusive mode";

    public const string LockLedger = "set local lock_timeout = '1s'; lock table deliveries in access exclusive mode";

    /// <summary>Values: what, parts, rows.</summary>
    public const string Note = """
        insert into dropped_rows (what, part, rows) select $1, v.part, v.rows from unnest($2, $3) as v(part, rows)
        on conflict (what, part) do update set rows = dropped_rows.rows + excluded.rows
        """;

    /// <summary>Old events in no month of their own, a page. Values: the first key that is kept, the limit.</summary>
    public const string DropStrayEvents = """
        with old as materialized (
          select id from events_rest e where id < $1 and processed and lease_until is null
            and not exists (select 1 from enrolments w where w.event_id = e.id and w.state in (0, 3)) limit $2),
        decisions as (delete from event_decisions d using old where d.event_id = old.id returning d.outcome),
        gone as (delete from events e using old where e.id = old.id returning e.type = 'survey.answered' and e.source = 'cxo' as answer),
        noted as (
          insert into dropped_rows (what, part, rows)
          select 'decision', outcome, count(*) from decisions where outcome <= 5 group by 2
          union all select 'event', answer::int, count(*) from gone group by 2
          on conflict (what, part) do update set rows = dropped_rows.rows + excluded.rows)
        select count(*) from gone
        """;

    /// <summary>Old ledger rows in no month of their own, a page. Values: the first key that is kept, the limit.</summary>
    public const string DropStrayDeliveries = """
        with old as materialized (
          select id, enrolment_id, step_id, occurrence from deliveries_rest d where id < $1 and state in (3, 4, 7, 8)
            and not exists (select 1 from enrolments w where w.id = d.enrolment_id and w.state in (0, 3)) limit $2),
        steps as (
          delete from delivery_steps s using old
          where s.enrolment_id = old.enrolment_id and s.step_id = old.step_id and s.occurrence = old.occurrence),
        late as (delete from late_hand_overs l using old where l.id = old.id),
        gone as (delete from deliveries d using old where d.id = old.id returning d.state),
        noted as (
          insert into dropped_rows (what, part, rows) select 'delivery', state, count(*) from gone group by 2
          on conflict (what, part) do update set rows = dropped_rows.rows + excluded.rows)
        select count(*) from gone
        """;

    public const string Stray = "select (select count(*) from events_rest) + (select count(*) from deliveries_rest)";

    public static string EventsOpen(Partition month) => $"""
        select (select count(*) from {month.Name} where not processed and lease_until is null)
          + (select count(*) from {month.Name} where lease_until is not null)
        """;

    public static string MessagesOpen(Partition month) => $"""
        select (select count(*) from {month.Name} where state in (0, 5)) + (select count(*) from {month.Name} where state in (1, 2))
          + (select count(*) from {month.Name} where state = 6 and state >= 3)
        """;

    public static string MessagesOfWalks(Partition month) =>
        $"select count(*) from {month.Name} d join enrolments w on w.id = d.enrolment_id where w.state in (0, 3)";

    public static string EventCounts(Partition month) =>
        $"select case when type = 'survey.answered' and source = 'cxo' then 1 else 0 end, count(*) from {month.Name} group by 1";

    public static string DecisionCounts(Partition month) => $"select outcome::int, count(*) from {month.Name} where outcome <= 5 group by 1";

    public static string DeliveryCounts(Partition month) => $"select state::int, count(*) from {month.Name} group by 1";

    public static string ForgetSteps(Partition month) => $"""
        delete from delivery_steps s using {month.Name} d
        where s.enrolment_id = d.enrolment_id and s.step_id = d.step_id and s.occurrence = d.occurrence
        """;

    public static string ForgetLate(Partition month) => $"delete from late_hand_overs where id >= '{month.First}' and id < '{month.End}'";
}
