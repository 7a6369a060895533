namespace CxOrchestrator.Storage.Sqlite;

/// <summary>What the store of journeys' states asks. Of what is held: 0 walks, 1 messages.</summary>
internal static class StateSql
{
    public const string All = "select journey, state, since, by, reason, skip_before from journey_states order by journey";

    public const string Set = """
        insert into journey_states (journey, state, since, by, reason, skip_before) values (?, ?, ?, ?, ?, ?)
        on conflict (journey) do update set state = excluded.state, since = excluded.since, by = excluded.by, reason = excluded.reason, skip_before = excluded.skip_before
        """;

    /// <summary>Values: key, revision.</summary>
    public const string TakeOut = """
        update enrolments set due_at = null, lease_node = null, lease_until = null where id = ? and revision = ? and state = 0 and due_at is not null
        """;

    /// <summary>A walk that came due again is held from then on; values: key, journey, due.</summary>
    public const string HoldWalk = """
        insert into held (kind, id, journey, due_at) values (0, ?, ?, ?) on conflict (kind, id) do update set due_at = excluded.due_at
        """;

    /// <summary>Values: key, journey, due.</summary>
    public const string HoldMessage = "insert into held (kind, id, journey, due_at) values (1, ?, ?, ?) on conflict (kind, id) do nothing";

    /// <summary>Values: late before, journey.</summary>
    public const string Count = "select kind, count(*), sum(due_at < ?) from held where journey = ? group by kind";

    /// <summary>The longest held first; values: journey, kind, limit.</summary>
    public const string Page = "select id, due_at from held where journey = ? and kind = ? order by due_at limit ?";

    public const string LetGo = "delete from held where kind = ? and id = ?";

    /// <summary>Values: due, key.</summary>
    public const string WalkOn = """
        update enrolments set due_at = ?, revision = revision + 1, lease_node = null, lease_until = null where id = ? and state = 0 and due_at is null
        """;

    /// <summary>Exited (2); values: now, reason, key.</summary>
    public const string Leave = """
        update enrolments set state = 2, due_at = null, waits_for = null, waits_on = null, ended_at = ?, reason = ?, revision = revision + 1,
          lease_node = null, lease_until = null
        where id = ? and state = 0
        """;

    /// <summary>Values: due, reason, key.</summary>
    public const string Send = "update deliveries set due_at = ?, reason = ? where id = ? and state in (0, 5)";

    /// <summary>The dispatcher expires it, with all that follows from that; values: now, now, reason, key.</summary>
    public const string Expire = "update deliveries set due_at = ?, expires_at = ?, reason = ? where id = ? and state in (0, 5)";

    /// <summary>Values: journey, limit.</summary>
    public const string UnderWay = """
        select id from enrolments indexed by enrolments_walking where journey = ? and ended_at is null and state = 0 order by id limit ?
        """;

    /// <summary>Values: journey, limit.</summary>
    public const string Open = "select id from deliveries where state in (0, 5) and journey = ? limit ?";

    /// <summary>Suppressed (7); values: reason, now, key.</summary>
    public const string Cancel = "update deliveries set state = 7, reason = ?, changed_at = ?, due_at = null, lease_node = null where id = ? and state in (0, 5)";
}
