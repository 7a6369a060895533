namespace CxOrchestrator.Storage.Sqlite;

/// <summary>What is stored about one customer and one journey; each is found through an index, however large its table is.</summary>
internal static class ExplainSql
{
    /// <summary>Values: customer, limit.</summary>
    public const string Events = $"select {StoredEvent.Columns}, processed from events where customer_id = ? order by time desc limit ?";

    /// <summary>Values: subject, limit.</summary>
    public const string Strangers = $"""
        select {StoredEvent.Columns}, processed from events indexed by events_of_strangers where customer_id is null and subject = ? limit ?
        """;

    /// <summary>Values: source, id there.</summary>
    public const string EventByName = $"select {StoredEvent.Columns}, processed from events where source = ? and source_id = ?";

    /// <summary>Values: key.</summary>
    public const string EventByKey = $"select {StoredEvent.Columns}, processed from events where id = ?";

    /// <summary>Values: event, journey.</summary>
    public const string Decisions = """
        select event_id, time, customer_id, journey, outcome, reason, enrolment_id from event_decisions
        where event_id = ?1 and outcome <= 5 and journey in (?2, '')
        union all
        select event_id, time, customer_id, journey, outcome, reason, enrolment_id from event_decisions
        where event_id = ?1 and outcome > 5 and journey = ?2
        """;

    /// <summary>Values: customer, journey, limit.</summary>
    public const string Walks = $"select {StoredEnrolment.Columns} from enrolments where customer_id = ? and journey = ? order by id desc limit ?";

    /// <summary>Values: enrolment.</summary>
    public const string Deliveries = $"select {StoredDelivery.Columns}, look_up_at from deliveries where enrolment_id = ? order by planned_at, id";

    /// <summary>Values: enrolment.</summary>
    public const string Invitations = $"select {StoredSurvey.InvitationColumns} from invitations where enrolment_id = ? order by created_at, id";

    /// <summary>Values: invitation.</summary>
    public const string Response = $"select {StoredSurvey.ResponseColumns} from responses where invitation_id = ?";

    /// <summary>Values: customer, journey, limit.</summary>
    public const string Cases = $"select {StoredCase.Columns} from cases where customer_id = ? and journey = ? order by opened_at desc, id desc limit ?";

    /// <summary>Values: customer, limit.</summary>
    public const string WriteBacks = $"""
        select {StoredWriteBack.Columns} from write_backs indexed by write_backs_by_customer where customer_id = ? order by id desc limit ?
        """;

    /// <summary>Values: customer.</summary>
    public const string Consents = "select customer_id, channel, purpose, at, state, by, how from consents where customer_id = ? order by at desc";

    /// <summary>Values: address, channel.</summary>
    public const string Suppressions = "select reason, at, by_choice from suppressions where address = ? and channel = ?";

    /// <summary>Values: customer, journey, limit.</summary>
    public const string Slots = "select entry_key, free_again_at from entry_slots where customer_id = ? and journey = ? limit ?";

    /// <summary>Values: customer, journey.</summary>
    public const string Splits = $"select {StoredSplit.PersonColumns} from split_people where customer_id = ? and journey = ? order by split";
}
