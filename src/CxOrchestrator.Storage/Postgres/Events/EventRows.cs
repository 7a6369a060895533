using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>events</c> and <c>event_decisions</c>.</summary>
internal static class EventRows
{
    private static readonly RowSet<CustomerEvent> Events = new RowSet<CustomerEvent>()
        .Key("id", one => one.Id).Text("source", one => one.Source).Text("source_id", one => one.SourceId).Text("type", one => one.Type)
        .Text("subject", one => one.Subject).KeyOrNull("customer_id", one => one.CustomerId).Time("time", one => one.Time)
        .Time("received_at", one => one.ReceivedAt).Text("data", one => StoredForms.ToText(one.Data))
        .KeyOrNull("delivery_id", one => one.DeliveryId).KeyOrNull("enrolment_id", one => one.EnrolmentId);

    // Who takes an event's name first stores it: the name is unique over all months, the row stands in its own. The names that were taken are looked up in
    // a hash (an "in" that may be unknown isn't turned into a join, for which the planner would guess how many rows come).
    private static readonly string Insert = $"""
        with v as materialized (select * from {Events.Table}),
        named as (insert into event_names (source, source_id, id) select source, source_id, id from v on conflict do nothing returning id)
        insert into events ({Events.Names})
        select v.id, v.source, v.source_id, v.type, v.subject,
          coalesce(v.customer_id,
            (select x.customer_id from external_ids x where x.connection = v.source and x.value = v.subject),
            (select x.customer_id from external_ids x where x.connection = 'customer' and x.value = v.subject)),
          v.time, v.received_at, v.data, v.delivery_id, v.enrolment_id
        from v where (v.id in (select id from named)) is true on conflict do nothing returning id
        """;

    private static readonly RowSet<EventDecision> Decisions = new RowSet<EventDecision>()
        .Key("event_id", one => one.EventId).Time("time", one => one.Time).KeyOrNull("customer_id", one => one.CustomerId)
        .Text("journey", one => one.Journey).Enum("outcome", one => one.Outcome).Text("reason", one => one.Reason)
        .KeyOrNull("enrolment_id", one => one.EnrolmentId);

    private static readonly string InsertDecisions = Decisions.InsertInto("event_decisions");

    // "is true" keeps it out of the index of customers: those that once had none are in it until the next vacuum, though the planner takes them for few.
    /// <summary>Values: events, and the customer of each.</summary>
    public const string SetCustomer = """
        update events e set customer_id = v.customer_id from unnest($1::uuid[], $2::uuid[]) as v(id, customer_id)
        where e.id = v.id and (e.customer_id is null) is true
        """;

    private const string MarkProcessed =
        "update events set processed = true, lease_node = null, lease_until = null from unnest($1::uuid[]) done(key) where id = done.key";

    private const string SetFree = "update events set lease_node = null, lease_until = null from unnest($1::uuid[]) freed(key) where id = freed.key";

    /// <summary>Stores events; true for each that is new, false where its source and source id are stored already.</summary>
    public static async Task<IReadOnlyList<bool>> AddAsync(PgSession session, IReadOnlyList<CustomerEvent> added)
    {
        if (added.Count == 0)
            return [];
        var stored = (await session.Use(Insert).Add(Events, InOrderOfNames(added)).AllAsync(row => row.Guid(0))).ToHashSet();
        return [.. added.Select(one => stored.Remove(one.Id))];
    }

    // Two writers that store some of the same events meet at the first of them, and the later one waits; in other orders each could wait for the other. Of
    // those with one name the first stays the first.
    private static IReadOnlyList<CustomerEvent> InOrderOfNames(IReadOnlyList<CustomerEvent> added) => added.Count == 1
        ? added
        : [.. added.OrderBy(one => one.Source, StringComparer.Ordinal).ThenBy(one => one.SourceId, StringComparer.Ordinal)];

    public static Task ProcessedAsync(PgSession session, IReadOnlyList<Guid> ids) =>
        ids.Count == 0 ? Task.CompletedTask : session.Use(MarkProcessed).Add(ids).ExecuteAsync();

    public static Task FreeAsync(PgSession session, IReadOnlyList<Guid> ids) =>
        ids.Count == 0 ? Task.CompletedTask : session.Use(SetFree).Add(ids).ExecuteAsync();

    /// <summary>Stores decisions; the event of a person who was not known when it came in becomes theirs.</summary>
    public static async Task DecideAsync(PgSession session, IReadOnlyList<EventDecision> decisions)
    {
        if (decisions.Count == 0)
            return;
        await session.Use(InsertDecisions).Add(Decisions, decisions).ExecuteAsync();
        var known = decisions.Where(one => one.CustomerId is not null).DistinctBy(one => one.EventId).ToList();
        if (known.Count > 0)
            await session.Use(SetCustomer).Add(known.Select(one => one.EventId)).Add(known.Select(one => one.CustomerId)).ExecuteAsync();
    }
}
