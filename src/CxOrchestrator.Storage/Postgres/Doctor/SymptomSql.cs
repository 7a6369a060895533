namespace CxOrchestrator.Storage.Postgres;

/// <summary>How many rows suffer of what, and since when; values of the due ones: the time by which they were due.</summary>
internal static class SymptomSql
{
    public const string Events = """
        select count(*), min(received_at) from events where not processed and lease_until is null and received_at <= $1
        """;

    public const string Walks = """
        select count(*), min(due_at) from enrolments
        where state = 0 and due_at is not null and lease_until is null and lane in (0, 1, 2) and due_at <= $1
        """;

    public const string Messages = "select count(*), min(due_at) from deliveries where state in (0, 5) and waits_for in (0, 1) and lane in (0, 1, 2) and due_at <= $1";

    public const string Cases = """
        select count(*), min(try_at) from cases where state = 0 and try_at is not null and lease_until is null and try_at <= $1
        """;

    public const string WriteBacks = """
        select count(*), min(due_at) from write_backs where state = 0 and not blocked and lease_until is null and due_at <= $1
        """;

    public const string Errands = """
        select count(*), min(due_at) from errands where state = 0 and lease_until is null and due_at <= $1
        """;

    public const string Leases = """
        select coalesce(sum(rows), 0)::bigint, min(oldest) from (
          select count(*) as rows, min(lease_until) as oldest from events where lease_until <= $1
          union all select count(*), min(lease_until) from enrolments where lease_until <= $1
          union all select count(*), min(lease_until) from cases where lease_until <= $1
          union all select count(*), min(lease_until) from write_backs where lease_until <= $1
          union all select count(*), min(lease_until) from errands where lease_until <= $1
          union all select count(*), min(lease_until) from deliveries where state in (1, 2) and lease_until <= $1) leases
        """;

    public const string Unknown = "select count(*), min(changed_at) from deliveries where state = 6 and state >= 3";

    public const string Failed = "select count(*), min(ended_at) from enrolments where state = 3";

    public const string DeadWriteBacks = "select count(*), min(at) from write_backs where state = 2";

    public const string DeadErrands = "select count(*), min(asked_at) from errands where state = 2";

    public const string RefusedCases = "select count(*), min(changed_at) from cases where state = 3";

    /// <summary>Values: the first key of the time, the type.</summary>
    public const string Seen = "select 1 from events where id >= $1 and type = $2 limit 1";

    public const string Clock = "select clock_timestamp()";
}
