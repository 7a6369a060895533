using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>events</c> and <c>event_decisions</c>.</summary>
internal static class EventRows
{
    private const string Insert = $"""
        insert into events ({StoredEvent.Columns}) select ?1, ?2, ?3, ?4, ?5,
          coalesce(?6, (select customer_id from external_ids where connection = ?2 and value = ?5),
            (select customer_id from external_ids where connection = 'customer' and value = ?5)),
          ?7, ?8, ?9, ?10, ?11
        where not exists (select 1 from old_event_names where source = ?2 and source_id = ?3) on conflict do nothing
        """;

    private const string MarkProcessed =
        "update events set processed = 1, lease_node = null, lease_until = null where id = ?";

    private const string SetFree = "update events set lease_node = null, lease_until = null where id = ?";

    private const string SetCustomer = "update events set customer_id = ? where id = ? and customer_id is null";

    private const string InsertDecision = """
        insert into event_decisions (event_id, time, customer_id, journey, outcome, reason, enrolment_id)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    /// <summary>Stores an event; false where its source and source id are stored already.</summary>
    public static bool Add(SqliteSession session, CustomerEvent added) => session.Use(Insert)
        .Add(added.Id).Add(added.Source).Add(added.SourceId).Add(added.Type).Add(added.Subject).Add(added.CustomerId)
        .Add(added.Time).Add(added.ReceivedAt).Add(added.Data).Add(added.DeliveryId).Add(added.EnrolmentId)
        .Execute() == 1;

    public static void Processed(SqliteSession session, Guid id) => session.Use(MarkProcessed).Add(id).Execute();

    public static void Free(SqliteSession session, Guid id) => session.Use(SetFree).Add(id).Execute();

    /// <summary>Stores a decision; the event of a person who was not known when it came in becomes theirs.</summary>
    public static void Decide(SqliteSession session, EventDecision decision)
    {
        session.Use(InsertDecision)
            .Add(decision.EventId).Add(decision.Time).Add(decision.CustomerId).Add(decision.Journey)
            .Add(decision.Outcome).Add(decision.Reason).Add(decision.EnrolmentId)
            .Execute();
        if (decision.CustomerId is { } customer)
            session.Use(SetCustomer).Add(customer).Add(decision.EventId).Execute();
    }
}
