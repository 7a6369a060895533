using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>What the publications' store asks. Outcomes by number: 0 pending, 1 moved, 2 left, 7 withdrawn.</summary>
internal static class PublicationSql
{
    public const string Standing = """
        select version, step_id, count(*) from enrolments where journey = $1 and ended_at is null and state = 0 group by version, step_id order by version, step_id
        """;

    public const string Newest = "select max(version) from content where kind = 0 and key = $1";

    public const string Unfinished = "select count(*) from publications where done_at is null and journey = $1";

    public const string Insert = $"insert into publications ({StoredPublication.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    /// <summary>Values: publication, journey, version, versions, steps.</summary>
    public const string List = """
        insert into publication_people (publication_id, enrolment_id, customer_id, from_version, from_step, outcome)
        select $1, e.id, e.customer_id, e.version, e.step_id, 0
        from enrolments e join unnest($4::int[], $5::text[]) as v(version, step_id) on e.version = v.version and e.step_id = v.step_id
        where e.journey = $2 and e.ended_at is null and e.state = 0 and e.version < $3
        """;

    /// <summary>Whoever an unfinished publication has not moved yet is not moved; values: journey.</summary>
    public const string Withdraw = """
        update publication_people set outcome = 7
        where outcome = 0 and publication_id in (select id from publications where done_at is null and journey = $1)
        """;

    /// <summary>Values: now, journey.</summary>
    public const string EndUnfinished = "update publications set done_at = $1 where done_at is null and journey = $2";

    /// <summary>Lists whom publications of a version have moved; values: the rollback's key, journey, version.</summary>
    public const string ListMoved = """
        insert into publication_people (publication_id, enrolment_id, customer_id, from_version, from_step, outcome, former, moved_to)
        select $1, p.enrolment_id, p.customer_id, e.version, e.step_id, 0, p.former, p.moved_to
        from publications b join publication_people p on p.publication_id = b.id join enrolments e on e.id = p.enrolment_id
        where b.journey = $2 and b.version = $3 and b.kind = 0 and p.outcome in (1, 2)
        """;

    public const string Open = $"select {StoredPublication.Columns} from publications where done_at is null order by id";

    public const string Of = $"select {StoredPublication.Columns} from publications where journey = $1 order by id desc";

    public static readonly string Page = $"""
        select {StoredPublication.EnrolmentColumns}, {StoredPublication.PersonColumns}, h.due_at, e.told
        from publication_people p join enrolments e on e.id = p.enrolment_id left join held h on h.kind = 0 and h.id = p.enrolment_id
        where p.publication_id = $1 and p.outcome = 0 order by p.enrolment_id limit $2
        """;

    /// <summary>Takes the rows of those who are not decided on, in one order, so that two processes don't wait for each other; values: publication, keys.</summary>
    public const string Take = """
        select enrolment_id from publication_people where publication_id = $1 and outcome = 0 and enrolment_id = any($2) order by enrolment_id for update
        """;

    public static readonly RowSet<PlacedPerson> Places = new RowSet<PlacedPerson>()
        .Key("id", one => one.EnrolmentId).Number("revision", one => one.Moved!.Revision).Number("version", one => one.Moved!.Version)
        .Enum("state", one => one.Moved!.State).Text("step_id", one => one.Moved!.StepId).Flag("entered", one => one.Moved!.Entered)
        .Time("due_at", one => one.Moved!.DueAt).Text("waits_for", one => one.Moved!.WaitsFor).KeyOrNull("waits_on", one => one.Moved!.WaitsOn)
        .Text("context", one => ContextText.WriteEnd(one.Moved!.Context)).Time("ended_at", one => one.Moved!.EndedAt).Text("reason", one => one.Moved!.Reason)
        .Text("told", one => ContextText.WriteEarlier(one.Moved!.Context)).Flag("adds", one => Trail.Of(one.Moved!.Context.Trail).IsEnd);

    public static readonly string Place = $"""
        update enrolments e set version = v.version, state = v.state, step_id = v.step_id, entered = v.entered, due_at = v.due_at, waits_for = v.waits_for,
          waits_on = v.waits_on, context = v.context, ended_at = v.ended_at, reason = v.reason, told = {EnrolmentRows.Told},
          revision = e.revision + 1, lease_node = null, lease_until = null
        from {Places.Table} where e.id = v.id and e.revision = v.revision returning e.id
        """;

    public static readonly RowSet<PlacedPerson> Decisions = new RowSet<PlacedPerson>()
        .Key("enrolment_id", one => one.EnrolmentId).Enum("outcome", one => one.Outcome).Text("former", one => StoredPublication.Written(one.Former))
        .NumberOrNull("moved_to", one => one.Moved?.Revision + 1);

    /// <summary>Further value: the publication.</summary>
    public static readonly string Decide = $"""
        update publication_people p set outcome = v.outcome, former = coalesce(v.former, p.former), moved_to = v.moved_to
        from {Decisions.Table} where p.publication_id = $5 and p.enrolment_id = v.enrolment_id and p.outcome = 0
        """;

    public static readonly RowSet<PlacedPerson> PutBack = new RowSet<PlacedPerson>()
        .Key("enrolment_id", one => one.EnrolmentId).Number("now", one => one.Moved!.Revision + 1).Number("before", one => one.Moved!.Revision - 1);

    /// <summary>Whoever was put back stands as an earlier move left them, and may be put back from that too.</summary>
    public static readonly string SameAsBefore = $"""
        update publication_people p set moved_to = v.now from {PutBack.Table} where p.enrolment_id = v.enrolment_id and p.moved_to = v.before
        """;

    /// <summary>Values: now, key.</summary>
    public const string Finish = """
        update publications b set done_at = $1 where b.id = $2 and b.done_at is null
          and not exists (select 1 from publication_people p where p.publication_id = b.id and p.outcome = 0)
        """;

    public const string IsDone = "select count(*) from publications where id = $1 and done_at is not null";

    public const string Count = """
        select from_version, from_step, outcome, count(*) from publication_people where publication_id = $1
        group by from_version, from_step, outcome order by from_version, from_step, outcome
        """;
}
