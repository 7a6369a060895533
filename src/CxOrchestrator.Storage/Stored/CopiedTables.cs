namespace CxOrchestrator.Storage;

/// <summary>What of the stores' tables a copy takes. Both stores name tables and columns alike, so that a new table is copied without a word here.</summary>
internal static class CopiedTables
{
    // What decides on nothing that is to come.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "migrations", "nodes", "turns", "plugin_states", "write_backs", "errands", "event_decisions", "old_event_names", "dropped_rows", "publication_people",
    };

    /// <summary>Which rows: $since stands for the time. A table that isn't here is taken as a whole.</summary>
    private static readonly Dictionary<string, string> Rows = new(StringComparer.Ordinal)
    {
        ["events"] = "time >= $since",
        ["enrolments"] = "(ended_at is null or ended_at >= $since)",
        ["deliveries"] = "(state in (0, 1, 2, 5, 6) or changed_at >= $since)",
        ["invitations"] = "(created_at >= $since or expires_at >= $since)",
        ["publications"] = "done_at is not null",
    };

    /// <summary>Whether a table is copied.</summary>
    public static bool Takes(string table) => !LeftOut.Contains(table);

    /// <summary>The condition on a table's rows, beside that on its customers.</summary>
    public static string RowsOf(string table) => Rows.GetValueOrDefault(table, "true");

    /// <summary>The column that says whose a row is, or null where rows are nobody's.</summary>
    public static string? CustomerColumn(string table, IReadOnlyCollection<string> columns) =>
        table == "customers" ? "id" : columns.Contains("customer_id") ? "customer_id" : null;

    /// <summary>
    /// Done to the copy when it is complete: nobody holds anything in it, what was just on its way has arrived, and nothing is kept in order that nobody asks
    /// for.
    /// </summary>
    public const string Settle = """
        update events set lease_node = null, lease_until = null where lease_until is not null;
        update enrolments set lease_node = null, lease_until = null where lease_until is not null;
        update cases set lease_node = null, lease_until = null where lease_until is not null;
        update deliveries set lease_node = null, lease_until = null, due_at = coalesce(due_at, planned_at), state = 0 where state = 1;
        update deliveries set lease_node = null, lease_until = null, state = 3, reason = 'was on its way when the copy was made' where state = 2;
        drop index if exists write_backs_due; drop index if exists write_backs_leased; drop index if exists write_backs_by_state; drop index if exists write_backs_answers;
        create index events_told on events(time, id) where source <> 'cxo' and delivery_id is null;
        analyze main;
        """;
}
