namespace CxOrchestrator.Storage.Sqlite;

/// <summary>
/// The moves of a ledger row. States by number: 0 planned, 1 claimed, 2 handed over, 3 accepted, 4 rejected, 5 deferred, 6 unknown.
/// </summary>
internal static class LedgerSql
{
    /// <summary>Of one lane; values: node, end of lease, now, channel, lane, now, limit.</summary>
    public const string Claim = $"""
        update deliveries set state = 1, lease_node = ?, lease_until = ?, changed_at = ?
        where id in (
          select id from deliveries indexed by deliveries_due where state in (0, 5) and waits_for = ? and lane = ? and due_at <= ? order by due_at, id limit ?)
        returning {StoredDelivery.Columns}
        """;

    /// <summary>Values: channel, key, node.</summary>
    public const string PassOn = """
        update deliveries set state = case when attempts > 0 then 5 else 0 end, waits_for = ?, lease_node = null, lease_until = null
        where id = ? and state = 1 and lease_node = ?
        """;

    /// <summary>Values: channel, connection, why, now, now, address, end of lease, key, node, machine's now.</summary>
    public const string HandOver = """
        update deliveries set state = 2, sent_via = ?, connection = ?, decided = ?, attempts = attempts + 1, changed_at = ?, handed_over_at = ?,
          handed_over_to = ?, engagement = 0, engaged_at = null, lease_until = max(lease_until, ?)
        where id = ? and state = 1 and lease_node = ? and lease_until > ?
        """;

    /// <summary>
    /// Values: state, reason, at, due, next look-up, provider's id, attempts not to count, doubtful, awaits room, refused, state, key, node, state. Beside the rows under way, the node that handed a row over
    /// may answer late, after recovery has made it unknown, or deferred and not taken by anyone: recovery leaves the node's name for this.
    /// </summary>
    public const string Complete = """
        update deliveries set state = ?, reason = ?, changed_at = ?, due_at = ?, look_up_at = ?, provider_id = coalesce(?, provider_id), attempts = max(0, attempts - ?),
          doubtful = max(doubtful, ?), awaits_room = ?, refused = coalesce(?, refused), lease_node = case when ? = 6 then lease_node end, lease_until = null
        where id = ? and lease_node = ? and state in (1, 2, 5, 6) and not (state = 5 and ? = 6) and (state = 1 or not ?)
        """;

    /// <summary>Values: now, machine's now.</summary>
    public const string Replan = """
        update deliveries set state = 0, changed_at = ?, lease_node = null, lease_until = null,
          reason = 'the node ' || lease_node || ' stopped before anything left'
        where state in (1, 2) and state = 1 and lease_until <= ?
        """;

    /// <summary>Values: machine's now.</summary>
    public const string Lost = "select id, connection from deliveries where state in (1, 2) and state = 2 and lease_until <= ?";

    /// <summary>Values: now, first look-up, key.</summary>
    public const string MakeUnknown = """
        update deliveries set state = 6, changed_at = ?, due_at = null, look_up_at = ?, lease_until = null,
          reason = 'the node ' || lease_node || ' stopped between hand-over and answer: ' || connection || ' may have sent it'
        where id = ?
        """;

    /// <summary>Values: now, now, key.</summary>
    public const string MakeDeferred = """
        update deliveries set state = 5, changed_at = ?, due_at = ?, lease_until = null, doubtful = 1, awaits_room = 0,
          reason = 'the node ' || lease_node || ' stopped between hand-over and answer; ' || connection || ' knows the key, so it is sent again'
        where id = ?
        """;

    /// <summary>Values: key.</summary>
    public const string Get = $"select {StoredDelivery.Columns} from deliveries where id = ?";

    /// <summary>Rows that have ended, failed or wait again; values: state, limit.</summary>
    public const string ListEnded = $"""
        select {StoredDelivery.Columns} from deliveries where state = ? and state >= 3 order by changed_at desc, id desc limit ?
        """;

    /// <summary>Planned rows; values: limit.</summary>
    public const string ListPlanned = $"""
        select {StoredDelivery.Columns} from deliveries where state in (0, 5) and state = 0 order by changed_at desc, id desc limit ?
        """;

    /// <summary>Rows under way; values: state, limit.</summary>
    public const string ListUnderWay = $"""
        select {StoredDelivery.Columns} from deliveries where state in (1, 2) and state = ? order by changed_at desc, id desc limit ?
        """;

    /// <summary>Values: state, reason, now, due, provider's id, refused, key.</summary>
    public const string Settle = """
        update deliveries set state = ?, reason = ?, changed_at = ?, due_at = ?, look_up_at = null, provider_id = coalesce(?, provider_id),
          refused = coalesce(?, refused), lease_node = null
        where id = ? and state = 6
        """;

    /// <summary>A row that was handed over and that the customer has; values: state, reason, now, provider's id, key.</summary>
    public const string ToldArrived = $"{Told} and attempts > 0 and state in (0, 1, 2, 5, 6)";

    /// <summary>A row that will not arrive; values as above.</summary>
    public const string ToldFailed = $"{Told} and state in (2, 6)";

    /// <summary>A row that goes by the next channel because it did not arrive by this one; values: reason, now, due, refused, key, attempts. Not delivered (3) or read.</summary>
    public const string ToldAgain = """
        update deliveries set state = 5, reason = ?, changed_at = ?, due_at = ?, look_up_at = null, provider_id = null, refused = ?, awaits_room = 0,
          lease_node = null, lease_until = null
        where id = ? and attempts = ? and state in (2, 3, 6) and engagement < 3 and not doubtful
        """;

    /// <summary>Values: engagement, when, key, engagement.</summary>
    public const string Engage = "update deliveries set engagement = ?, engaged_at = ? where id = ? and engagement < ?";

    /// <summary>Values: until, now, limit.</summary>
    public const string TakeUnknown = $"""
        update deliveries set look_up_at = ?
        where id in (
          select id from deliveries indexed by deliveries_to_look_up where state = 6 and look_up_at is not null and look_up_at <= ?
          order by look_up_at, id limit ?)
        returning {StoredDelivery.Columns}
        """;

    /// <summary>Values: when, key.</summary>
    public const string LookAgain = "update deliveries set look_up_at = ? where id = ? and state = 6";

    private const string Told = """
        update deliveries set state = ?, reason = ?, changed_at = ?, due_at = null, look_up_at = null, provider_id = coalesce(?, provider_id),
          lease_node = null, lease_until = null
        where id = ?
        """;

    /// <summary>Every row once, each from the smallest index that holds it.</summary>
    public const string Count = """
        select state, count(*) from deliveries where state >= 3 group by state
        union all select state, count(*) from deliveries where state in (0, 5) and state = 0 group by state
        union all select state, count(*) from deliveries where state in (1, 2) group by state
        """;
}
