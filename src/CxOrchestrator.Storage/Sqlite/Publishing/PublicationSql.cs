namespace CxOrchestrator.Storage.Sqlite;

/// <summary>What the publications' store asks. Outcomes by number: 0 pending, 1 moved, 2 left, 7 withdrawn.</summary>
internal static class PublicationSql
{
    public const string Standing = """
        select version, step_id, count(*) from enrolments indexed by enrolments_walking where journey = ? and ended_at is null and state = 0
        group by version, step_id order by version, step_id
        """;

    public const string Newest = "select max(version) from content where kind = 0 and key = ?";

    public const string Unfinished = "select 1 from publications where done_at is null and journey = ?";

    public const string Insert = $"insert into publications ({StoredPublication.Columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /// <summary>People under way of older versions; values: journey, version.</summary>
    public const string Walking = """
        select id, customer_id, version, step_id from enrolments indexed by enrolments_walking where journey = ? and ended_at is null and state = 0 and version < ?
        """;

    public const string List = """
        insert into publication_people (publication_id, enrolment_id, customer_id, from_version, from_step, outcome) values (?, ?, ?, ?, ?, 0)
        """;

    /// <summary>Whoever an unfinished publication has not moved yet is not moved; values: journey.</summary>
    public const string Withdraw = """
        update publication_people set outcome = 7
        where outcome = 0 and publication_id in (select id from publications where done_at is null and journey = ?)
        """;

    /// <summary>Values: now, journey.</summary>
    public const string EndUnfinished = "update publications set done_at = ? where done_at is null and journey = ?";

    /// <summary>Lists whom publications of a version have moved; values: the rollback's key, journey, version.</summary>
    public const string ListMoved = """
        insert into publication_people (publication_id, enrolment_id, customer_id, from_version, from_step, outcome, former, moved_to)
        select ?, p.enrolment_id, p.customer_id, e.version, e.step_id, 0, p.former, p.moved_to
        from publications b join publication_people p on p.publication_id = b.id join enrolments e on e.id = p.enrolment_id
        where b.journey = ? and b.version = ? and b.kind = 0 and p.outcome in (1, 2)
        """;

    public const string HasPending = "select 1 from publication_people where publication_id = ? and outcome = 0 limit 1";

    public const string Open = $"select {StoredPublication.Columns} from publications where done_at is null order by id";

    public const string Of = $"select {StoredPublication.Columns} from publications where journey = ? order by id desc";

    public static readonly string Page = $"""
        select {StoredPublication.EnrolmentColumns}, {StoredPublication.PersonColumns}, h.due_at
        from publication_people p join enrolments e on e.id = p.enrolment_id left join held h on h.kind = 0 and h.id = p.enrolment_id
        where p.publication_id = ? and p.outcome = 0 order by p.enrolment_id limit ?
        """;

    /// <summary>Values: version, state, step, entered, due, waits for, waits on, context, ended, reason, key, revision.</summary>
    public const string Place = """
        update enrolments set version = ?, state = ?, step_id = ?, entered = ?, due_at = ?, waits_for = ?, waits_on = ?, context = ?, ended_at = ?, reason = ?,
          revision = revision + 1, lease_node = null, lease_until = null
        where id = ? and revision = ?
        """;

    /// <summary>Values: outcome, former, revision after, publication, enrolment.</summary>
    public const string Decide = """
        update publication_people set outcome = ?, former = coalesce(?, former), moved_to = ? where publication_id = ? and enrolment_id = ? and outcome = 0
        """;

    public const string IsPending = "select 1 from publication_people where publication_id = ? and enrolment_id = ? and outcome = 0";

    /// <summary>Somebody who was put back stands as an earlier move left them, and may be put back from that too; values: new revision, key, old revision.</summary>
    public const string SameAsBefore = "update publication_people set moved_to = ? where enrolment_id = ? and moved_to = ?";

    /// <summary>Values: now, key, key.</summary>
    public const string Finish = """
        update publications set done_at = ? where id = ? and done_at is null
          and not exists (select 1 from publication_people p where p.publication_id = publications.id and p.outcome = 0)
        """;

    public const string IsDone = "select 1 from publications where id = ? and done_at is not null";

    public const string Count = """
        select from_version, from_step, outcome, count(*) from publication_people where publication_id = ?
        group by from_version, from_step, outcome order by from_version, from_step, outcome
        """;
}
