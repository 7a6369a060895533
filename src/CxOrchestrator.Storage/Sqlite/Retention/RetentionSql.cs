namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Which rows are old and have ended, a page of them, and what is kept of them. Walks hold what is theirs while they are under way (0) or wait for a person (3).</summary>
internal static class RetentionSql
{
    private const string OpenEvent = "(processed = 0 or lease_until is not null)";

    private const string EventOfWalk = "exists (select 1 from enrolments w where w.event_id = e.id and w.state in (0, 3))";

    private const string EndedMessage = "state in (3, 4, 7, 8)";

    private const string MessageOfWalk = "exists (select 1 from enrolments w where w.id = d.enrolment_id and w.state in (0, 3))";

    /// <summary>Values: the first key that is kept, the limit. Columns: key, source, id there, 1 for an answer.</summary>
    public const string OldEvents = $"""
        select id, source, source_id, type = 'survey.answered' and source = 'cxo' from events e
        where id < ? and not {OpenEvent} and not {EventOfWalk} order by id limit ?
        """;

    public const string KeepName = "insert into old_event_names (source, source_id) values (?, ?) on conflict do nothing";

    public const string CountDecisions = "select outcome, count(*) from event_decisions where event_id = ? and outcome <= 5 group by outcome";

    // Each half has its own index.
    public const string DropDecisions = "delete from event_decisions where event_id = ? and outcome <= 5";

    public const string DropOtherDecisions = "delete from event_decisions where event_id = ? and outcome > 5";

    public const string DropEvent = "delete from events where id = ?";

    /// <summary>Values: the first key that is kept, the limit. Columns: key, state.</summary>
    public const string OldDeliveries = $"""
        select id, state from deliveries d where id < ? and {EndedMessage} and not {MessageOfWalk} order by id limit ?
        """;

    public const string DropDelivery = "delete from deliveries where id = ?";

    /// <summary>Values: what, part, rows.</summary>
    public const string Note = """
        insert into dropped_rows (what, part, rows) values (?, ?, ?) on conflict (what, part) do update set rows = rows + excluded.rows
        """;

    // Of what is old, all that is still there: values: the first key that is kept.
    public const string EventsOpen = $"select count(*) from events e where id < ? and {OpenEvent}";

    public const string EventsOfWalks = $"select count(*) from events e where id < ? and not {OpenEvent} and {EventOfWalk}";

    public const string MessagesOpen = $"select count(*) from deliveries d where id < ? and not {EndedMessage}";

    public const string MessagesOfWalks = $"select count(*) from deliveries d where id < ? and {EndedMessage} and {MessageOfWalk}";
}
