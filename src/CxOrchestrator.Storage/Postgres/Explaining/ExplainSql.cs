namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// What is stored about one customer and one journey; each is found through an index, however large its table is. What is found by its key is found key by key
/// (lateral, with an offset that keeps it so): joined as tables, a plan that was made while they were short reads all that they come to hold.
/// </summary>
internal static class ExplainSql
{
    private const string DecisionColumns = "event_id, time, customer_id, journey, outcome, reason, enrolment_id";

    /// <summary>Values: customer, limit.</summary>
    public const string Events = $"select {StoredEvent.Columns}, processed from events where customer_id = $1 order by time desc limit $2";

    /// <summary>Values: subjects, limit of each.</summary>
    public const string Strangers = $"""
        select {StoredEvent.Columns}, processed from unnest($1::text[]) asked(about)
        cross join lateral (select * from events where customer_id is null and subject = asked.about collate "C" limit $2) found
        """;

    /// <summary>Values: source, id there.</summary>
    public const string EventByName = $"select {StoredEvent.Columns}, processed from events where id = (select id from event_names where source = $1 and source_id = $2)";

    /// <summary>Values: keys.</summary>
    public const string EventsByKey = $"""
        select {StoredEvent.Columns}, processed from unnest($1::uuid[]) asked(key)
        cross join lateral (select * from events where id = asked.key offset 0) found
        """;

    /// <summary>Values: events, journey.</summary>
    public const string Decisions = $"""
        select {DecisionColumns} from unnest($1::uuid[]) asked(key) cross join lateral (
          select {DecisionColumns} from event_decisions where event_id = asked.key and outcome <= 5 and journey in ($2, '') offset 0) found
        union all
        select {DecisionColumns} from unnest($1::uuid[]) asked(key) cross join lateral (
          select {DecisionColumns} from event_decisions where event_id = asked.key and outcome > 5 and journey = $2 offset 0) found
        """;

    /// <summary>
    /// Found by the customer before they are put in order: to spare itself the sort, a planner that believes the table to be short would walk all keys from the
    /// newest. Values: customer, journey, limit.
    /// </summary>
    public const string Walks = $"""
        select * from (select {StoredEnrolment.Columns}, told from enrolments where customer_id = $1 and journey = $2 offset 0) own order by id desc limit $3
        """;

    /// <summary>Values: enrolments.</summary>
    public const string Deliveries = $"""
        select {StoredDelivery.Columns}, look_up_at from (select id as row from delivery_steps where enrolment_id = any($1)) steps
        cross join lateral (select * from deliveries where id = steps.row offset 0) found order by planned_at, id
        """;

    /// <summary>Values: enrolments.</summary>
    public const string Invitations = $"""
        select {StoredSurvey.InvitationColumns} from invitations where enrolment_id = any($1) order by created_at, id
        """;

    /// <summary>To the invitations of enrolments, which are found first; values: enrolments.</summary>
    public const string Responses =
        $"select {StoredSurvey.ResponseColumns} from responses where invitation_id = any(array(select id from invitations where enrolment_id = any($1)))";

    /// <summary>Values: customer, journey, limit.</summary>
    public const string Cases = $"""
        select {StoredCase.Columns} from cases where customer_id = $1 and journey = $2 order by opened_at desc, id desc limit $3
        """;

    /// <summary>Values: customer, limit.</summary>
    public const string WriteBacks = $"""
        select * from (select {StoredWriteBack.Columns} from write_backs where customer_id = $1 offset 0) own order by id desc limit $2
        """;

    /// <summary>Values: customer.</summary>
    public const string Consents = "select customer_id, channel, purpose, at, state, by, how from consents where customer_id = $1 order by at desc";

    /// <summary>Values: addresses.</summary>
    public const string Suppressions = "select address, channel, reason, at, by_choice from suppressions where address = any($1)";

    /// <summary>Values: customer, journey, limit.</summary>
    public const string Slots = "select entry_key, free_again_at from entry_slots where customer_id = $1 and journey = $2 limit $3";

    /// <summary>Values: customer, journey.</summary>
    public const string Splits = $"select {StoredSplit.PersonColumns} from split_people where customer_id = $1 and journey = $2 order by split";
}
