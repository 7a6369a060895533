namespace CxOrchestrator.Storage.Sqlite;

/// <summary>How many rows suffer of what, and since when; values of the due ones: the time by which they were due.</summary>
internal static class SymptomSql
{
    public const string Events = """
        select count(*), min(received_at) from events indexed by events_to_process where processed = 0 and lease_until is null and received_at <= ?
        """;

    public const string Walks = """
        select count(*), min(due_at) from enrolments indexed by enrolments_due
        where state = 0 and due_at is not null and lease_until is null and lane in (0, 1, 2) and due_at <= ?
        """;

    public const string Messages =
        "select count(*), min(due_at) from deliveries indexed by deliveries_due where state in (0, 5) and waits_for in (0, 1) and lane in (0, 1, 2) and due_at <= ?";

    public const string Cases = """
        select count(*), min(try_at) from cases indexed by cases_to_open where state = 0 and try_at is not null and lease_until is null and try_at <= ?
        """;

    public const string WriteBacks = """
        select count(*), min(due_at) from write_backs indexed by write_backs_due where state = 0 and blocked = 0 and lease_until is null and due_at <= ?
        """;

    public const string Errands = """
        select count(*), min(due_at) from errands indexed by errands_due where state = 0 and lease_until is null and due_at <= ?
        """;

    public const string Leases = """
        select sum(rows), min(oldest) from (
          select count(*) as rows, min(lease_until) as oldest from events indexed by events_leased where lease_until <= ?1
          union all select count(*), min(lease_until) from enrolments indexed by enrolments_leased where lease_until <= ?1
          union all select count(*), min(lease_until) from cases indexed by cases_leased where lease_until <= ?1
          union all select count(*), min(lease_until) from write_backs indexed by write_backs_leased where lease_until <= ?1
          union all select count(*), min(lease_until) from errands indexed by errands_leased where lease_until <= ?1
          union all select count(*), min(lease_until) from deliveries indexed by deliveries_leased where state in (1, 2) and lease_until <= ?1)
        """;

    public const string Unknown = "select count(*), min(changed_at) from deliveries indexed by deliveries_by_state where state = 6 and state >= 3";

    public const string Failed = "select count(*), min(ended_at) from enrolments indexed by enrolments_failed where state = 3";

    public const string DeadWriteBacks = "select count(*), min(at) from write_backs indexed by write_backs_by_state where state = 2";

    public const string DeadErrands = "select count(*), min(asked_at) from errands indexed by errands_by_state where state = 2";

    public const string RefusedCases = "select count(*), min(changed_at) from cases indexed by cases_by_state where state = 3";

    /// <summary>Values: the first key of the time, the type.</summary>
    public const string Seen = "select 1 from events where id >= ? and type = ? limit 1";

    public const string Clock = "select cast(unixepoch('now', 'subsec') * 1000000 as integer)";
}
