namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// The moves of a ledger row. States by number: 0 planned, 1 claimed, 2 handed over, 3 accepted, 4 rejected, 5 deferred, 6 unknown. Two nodes never
/// hold one row: a claim locks what it takes and passes over what is locked, and every later move names the node. Keys stand as a table that is joined, not
/// as "any" of an array: each key is then looked for in its own month alone.
/// </summary>
internal static class LedgerSql
{
    /// <summary>Values: node, end of lease, limit, now, the three lanes in the order of their turns, channel.</summary>
    public const string Claim = $"""
        with first as materialized (
          select id from deliveries where state in (0, 5) and waits_for = $8 and lane = $5 and due_at <= $4 order by due_at, id limit $3 for update skip locked),
        second as materialized (
          select id from deliveries where state in (0, 5) and waits_for = $8 and lane = $6 and due_at <= $4
          order by due_at, id limit $3 - (select count(*) from first) for update skip locked),
        third as materialized (
          select id from deliveries where state in (0, 5) and waits_for = $8 and lane = $7 and due_at <= $4
          order by due_at, id limit $3 - (select count(*) from first) - (select count(*) from second) for update skip locked)
        update deliveries set state = 1, lease_node = $1, lease_until = $2, changed_at = $4
        from unnest(array(select id from first union all select id from second union all select id from third)) taken(key)
        where id = taken.key
        returning {StoredDelivery.Columns}
        """;

    /// <summary>Values: channel, node, keys.</summary>
    public const string PassOn = """
        update deliveries set state = case when attempts > 0 then 5 else 0 end, waits_for = $1, lease_node = null, lease_until = null
        from unnest($3::uuid[]) passed(key)
        where id = passed.key and state + 0 = 1 and lease_node = $2
        """;

    /// <summary>Values: machine's now, now.</summary>
    public const string Replan = """
        update deliveries set state = 0, changed_at = $2, lease_node = null, lease_until = null,
          reason = 'the node ' || lease_node || ' stopped before anything left'
        where state in (1, 2) and state = 1 and lease_until <= $1
        """;

    /// <summary>Values: machine's now, now, connections that honour the key.</summary>
    public const string MakeDeferred = """
        update deliveries set state = 5, changed_at = $2, due_at = $2, lease_until = null, doubtful = true, awaits_room = false,
          reason = 'the node ' || lease_node || ' stopped between hand-over and answer; ' || connection || ' knows the key, so it is sent again'
        where state in (1, 2) and state = 2 and lease_until <= $1 and connection = any($3)
        """;

    /// <summary>Values: machine's now, now, first look-up. What is left of the lost ones.</summary>
    public const string MakeUnknown = """
        update deliveries set state = 6, changed_at = $2, due_at = null, look_up_at = $3, lease_until = null,
          reason = 'the node ' || lease_node || ' stopped between hand-over and answer: ' || connection || ' may have sent it'
        where state in (1, 2) and state = 2 and lease_until <= $1
        """;

    /// <summary>Values: keys.</summary>
    public const string Get = $"select {StoredDelivery.Columns} from unnest($1::uuid[]) asked(key) join deliveries on id = asked.key";

    /// <summary>Rows that have ended, failed or wait again; values: state, limit.</summary>
    public const string ListEnded = $"""
        select {StoredDelivery.Columns} from deliveries where state = $1 and state >= 3 order by changed_at desc, id desc limit $2
        """;

    /// <summary>Planned rows; values: limit.</summary>
    public const string ListPlanned = $"""
        select {StoredDelivery.Columns} from deliveries where state in (0, 5) and state = 0 order by changed_at desc, id desc limit $1
        """;

    /// <summary>Rows under way; values: state, limit.</summary>
    public const string ListUnderWay = $"""
        select {StoredDelivery.Columns} from deliveries where state in (1, 2) and state = $1 order by changed_at desc, id desc limit $2
        """;

    /// <summary>Values: key, state, reason, now, due, provider's id, refused.</summary>
    public const string Settle = """
        update deliveries set state = $2, reason = $3, changed_at = $4, due_at = $5, look_up_at = null, provider_id = coalesce($6, provider_id),
          refused = coalesce($7, refused), lease_node = null
        where id = $1 and state = 6
        """;

    /// <summary>Values: until, now, limit.</summary>
    public const string TakeUnknown = $"""
        update deliveries set look_up_at = $1
        from unnest(array(
          select id from deliveries where state = 6 and look_up_at is not null and look_up_at <= $2
          order by look_up_at, id limit $3 for update skip locked)) taken(key)
        where id = taken.key
        returning {StoredDelivery.Columns}
        """;

    /// <summary>Values: key, when.</summary>
    public const string LookAgain = "update deliveries set look_up_at = $2 where id = $1 and state = 6";

    /// <summary>Every row once, each from the smallest index that holds it.</summary>
    public const string Count = """
        select state, count(*) from deliveries where state >= 3 group by state
        union all select state, count(*) from deliveries where state in (0, 5) and state = 0 group by state
        union all select state, count(*) from deliveries where state in (1, 2) group by state
        """;
}
