using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>deliveries</c>, the contact ledger, many at once.</summary>
internal static class DeliveryRows
{
    private static readonly RowSet<Delivery> Deliveries = new RowSet<Delivery>()
        .Key("id", one => one.Id).Key("customer_id", one => one.CustomerId).Key("enrolment_id", one => one.EnrolmentId)
        .Text("step_id", one => one.StepId).Number("occurrence", one => one.Occurrence).Text("journey", one => one.Journey)
        .Text("message", one => one.Message).Enum("purpose", one => one.Purpose).Text("touchpoint", one => one.Touchpoint)
        .Text("via", one => StoredDelivery.Written(one.Via)).KeyOrNull("invitation_id", one => one.InvitationId).Enum("state", one => one.State)
        .Time("due_at", one => StoredDelivery.DueAt(one.State, one.DueAt, one.PlannedAt)).Time("expires_at", one => one.ExpiresAt)
        .NumberOrNull("sent_via", one => (int?)one.SentVia).Text("connection", one => one.Connection)
        .Text("provider_id", one => one.ProviderId).Number("attempts", one => one.Attempts).Text("reason", one => one.Reason)
        .Time("planned_at", one => one.PlannedAt).Time("changed_at", one => one.ChangedAt).Time("handed_over_at", one => one.HandedOverAt)
        .Enum("engagement", one => one.Engagement).Time("engaged_at", one => one.EngagedAt)
        .Text("handed_over_to", one => one.HandedOverTo).Text("decided", one => one.Decided).Enum("lane", one => one.Lane).Enum("waits_for", StoredDelivery.WaitsFor)
        .Number("priority", one => one.Priority).Flag("doubtful", one => one.Doubtful).Flag("awaits_room", one => one.AwaitsRoom)
        .Text("refused", one => StoredRefusals.Written(one.Refused)).Text("send_in", one => one.SendIn);

    // Who takes a step's occurrence first stores its row; see EventRows. Further values: node and end of the lease of those that come claimed (1).
    private static readonly string Insert = $"""
        with v as materialized (select * from {Deliveries.Table}),
        named as (
          insert into delivery_steps (enrolment_id, step_id, occurrence, id) select enrolment_id, step_id, occurrence, id from v
          on conflict do nothing returning id)
        insert into deliveries ({Deliveries.Names}, lease_node, lease_until)
        select {Deliveries.Names}, case when state = 1 then ${Deliveries.Count + 1} end, case when state = 1 then ${Deliveries.Count + 2} end from v where (v.id in (select id from named)) is true
        """;

    public static readonly RowSet<HandOver> HandOvers = new RowSet<HandOver>()
        .Key("id", one => one.Id).Enum("sent_via", one => one.Via).Text("connection", one => one.Connection)
        .Text("handed_over_to", one => one.To).Text("decided", one => one.Decided);

    private static readonly ConcurrentDictionary<string, string> HandOverTexts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> CompleteTexts = new(StringComparer.Ordinal);

    /// <summary>In a table of <see cref="LedgerMonths"/>. Further values: now, end of lease, node, machine's now.</summary>
    public static string HandOver(string table) => HandOverTexts.GetOrAdd(table, static table => $"""
        update {table} d set {HandedOver("d", HandOvers.Count)} from {HandOvers.Table} where {MayBeHandedOver("d", HandOvers.Count)} returning d.id
        """);

    public static readonly RowSet<DeliveryOutcome> Outcomes = new RowSet<DeliveryOutcome>()
        .Key("id", one => one.Id).Enum("state", one => one.State).Text("reason", one => one.Reason).Time("at", one => one.At)
        .Time("due_at", one => StoredDelivery.DueAt(one.State, one.DueAt, one.At))
        .Time("look_up_at", one => one.State == DeliveryState.Unknown ? one.At + LookUpTimes.First : null)
        .Text("provider_id", one => one.ProviderId).Number("not_called", one => one.NotCalled ? 1 : 0)
        .Flag("doubtful", one => one.Doubtful).Flag("awaits_room", one => one.AwaitsRoom).Text("refused", one => StoredRefusals.Written(one.Refused))
        .Flag("of_claim", one => one.OfClaim);

    /// <summary>
    /// In a table of <see cref="LedgerMonths"/>. Further value: the node. Beside the rows under way, the node that handed a row over may answer late, after recovery has made it unknown, or
    /// deferred and not taken by anyone: recovery leaves the node's name for this.
    /// </summary>
    public static string Complete(string table) => CompleteTexts.GetOrAdd(table, static table => $"""
        update {table} d set state = v.state, reason = v.reason, changed_at = v.at, due_at = v.due_at, look_up_at = v.look_up_at,
          provider_id = coalesce(v.provider_id, d.provider_id), attempts = greatest(0, d.attempts - v.not_called),
          doubtful = d.doubtful or v.doubtful, awaits_room = v.awaits_room, refused = coalesce(v.refused, d.refused),
          lease_node = case when v.state = 6 then d.lease_node end, lease_until = null
        from {Outcomes.Table}
        where d.id = v.id and d.lease_node = ${Outcomes.Count + 1} and d.state + 0 in (1, 2, 5, 6) and not (d.state = 5 and v.state = 6)
          and (d.state + 0 = 1 or not v.of_claim)
        returning d.id
        """);

    private static readonly RowSet<DeliveryOutcome> Tellings = new RowSet<DeliveryOutcome>()
        .Key("id", one => one.Id).Enum("state", one => one.State).Text("reason", one => one.Reason).Time("at", one => one.At)
        .Time("due_at", one => StoredDelivery.DueAt(one.State, one.DueAt, one.At)).Text("provider_id", one => one.ProviderId)
        .Text("refused", one => StoredRefusals.Written(one.Refused)).NumberOrNull("attempts", one => one.Attempt);

    // Accepted (3): handed over once, and the customer has it. Rejected (4): will not arrive. Deferred (5): did not arrive by this channel, and wasn't delivered
    // (3) or read; it goes by the next one.
    private static readonly string Told = $"""
        update deliveries d set state = v.state, reason = v.reason, changed_at = v.at, due_at = v.due_at, look_up_at = null,
          provider_id = case when v.state = 5 then null else coalesce(v.provider_id, d.provider_id) end, refused = coalesce(v.refused, d.refused),
          awaits_room = d.awaits_room and v.state <> 5, lease_node = null, lease_until = null
        from {Tellings.Table}
        where d.id = v.id
          and ((v.state = 3 and d.attempts > 0 and d.state in (0, 1, 2, 5, 6)) or (v.state = 4 and d.state in (2, 6))
            or (v.state = 5 and d.attempts = v.attempts and d.state in (2, 3, 6) and d.engagement < 3 and not d.doubtful))
        returning d.id
        """;

    private static readonly RowSet<EngagementChange> Engagements = new RowSet<EngagementChange>()
        .Key("id", one => one.DeliveryId).Enum("engagement", one => one.Engagement).Time("at", one => one.At);

    private static readonly string Engage = $"""
        update deliveries d set engagement = v.engagement, engaged_at = v.at from {Engagements.Table}
        where d.id = v.id and d.engagement < v.engagement
        """;

    /// <summary>What a hand-over sets on a row, with its values after a number of others.</summary>
    public static string HandedOver(string row, int before) => $"""
        state = 2, sent_via = v.sent_via, connection = v.connection, attempts = {row}.attempts + 1, changed_at = ${before + 1}, decided = v.decided,
          handed_over_at = ${before + 1}, handed_over_to = v.handed_over_to, engagement = 0, engaged_at = null, lease_until = greatest({row}.lease_until, ${before + 2})
        """;

    // Written so that no index but the key's can serve for it: while the tables grow faster than they are analysed, the planner takes the index on leases
    // for a short one, and walks all that is under way for each group.
    /// <summary>Which row may be handed over.</summary>
    public static string MayBeHandedOver(string row, int before) =>
        $"{row}.id = v.id and {row}.state + 0 = 1 and {row}.lease_node = ${before + 3} and {row}.lease_until + interval '0' > ${before + 4}";

    /// <summary>Stores new rows; those that come claimed stand under a lease.</summary>
    public static Task AddAsync(PgSession session, IReadOnlyList<Delivery> added, Lease? claim) =>
        added.Count == 0 ? Task.CompletedTask : session.Use(Insert).Add(Deliveries, StoredDelivery.Under(claim, added)).Add(claim?.Node).Add(claim?.Until).ExecuteAsync();

    /// <summary>Hands rows over, all in one of the tables of <see cref="LedgerMonths"/>; gives the keys of those whose lease still held.</summary>
    public static async Task<HashSet<Guid>> HandOverAsync(PgSession session, string table, Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now)
    {
        var held = new HashSet<Guid>();
        foreach (var round in Rounds.Of(handOvers, one => one.Id))
        {
            held.UnionWith(await session.Use(HandOver(table)).Add(HandOvers, round).Add(now).Add(lease.Until).Add(lease.Node).Add(lease.Now)
                .AllAsync(row => row.Guid(0)));
        }

        return held;
    }

    /// <summary>Takes outcomes, each row's once, all in one of the tables of <see cref="LedgerMonths"/>; gives the keys of those that were taken.</summary>
    public static async Task<HashSet<Guid>> CompleteAsync(PgSession session, string table, Lease lease, IReadOnlyList<DeliveryOutcome> outcomes) =>
        [.. await session.Use(Complete(table)).Add(Outcomes, outcomes).Add(lease.Node).AllAsync(row => row.Guid(0))];

    /// <summary>Takes outcomes that a service told by itself, each row's once; gives the keys of those that were taken.</summary>
    public static async Task<HashSet<Guid>> ToldAsync(PgSession session, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(one => one.State is not (DeliveryState.Accepted or DeliveryState.Rejected) && one is not { State: DeliveryState.Deferred, Attempt: not null }) is { } wrong)
            throw StoredDelivery.NotTold(wrong);
        return [.. await session.Use(Told).Add(Tellings, outcomes).AllAsync(row => row.Guid(0))];
    }

    /// <summary>Takes how far messages have come; nothing where as much is known.</summary>
    public static async Task EngageAsync(PgSession session, IReadOnlyList<EngagementChange> changes)
    {
        foreach (var round in Rounds.Of(changes, one => one.DeliveryId))
            await session.Use(Engage).Add(Engagements, round).ExecuteAsync();
    }
}
