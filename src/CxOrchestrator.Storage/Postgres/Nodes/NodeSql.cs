namespace CxOrchestrator.Storage.Postgres;

/// <summary>The moves of a node. Every time is this server's clock at the statement, not at the beginning of its transaction.</summary>
internal static class NodeSql
{
    // "cxo" + 1: names are given one at a time.
    public const string OneRegisters = "select pg_advisory_xact_lock(6522992)";

    /// <summary>Values: name.</summary>
    public const string OfName = $"select {StoredNode.Columns} from nodes where name = $1 and state in (0, 1) for update";

    /// <summary>Values: nodes.</summary>
    public const string Lose = "update nodes set state = 3, ended_at = clock_timestamp() where id = any($1)";

    /// <summary>Values: id, name, machine, process, folder, address, version, lease in seconds.</summary>
    public const string Add = """
        insert into nodes (id, name, machine, process, folder, address, version, state, started_at, heard_at, lease_until)
        select $1, $2, $3, $4, $5, $6, $7, 0, now.at, now.at, now.at + make_interval(secs => $8) from (select clock_timestamp() as at) now
        """;

    /// <summary>Values: how long ago.</summary>
    public const string Forget = "delete from nodes where state in (2, 3) and ended_at < clock_timestamp() - make_interval(secs => $1)";

    /// <summary>Values: id.</summary>
    public const string Find = """
        select n.state, exists (
          select 1 from nodes o where o.name = n.name and o.id <> n.id and o.state in (0, 1) and o.lease_until > clock_timestamp())
        from nodes n where n.id = $1 for update
        """;

    /// <summary>Values: id, state, clock off, work, lease in seconds.</summary>
    public const string Beat = """
        update nodes set state = $2, clock_off_ms = $3, work = $4, heard_at = now.at, lease_until = now.at + make_interval(secs => $5), ended_at = null
        from (select clock_timestamp() as at) now where id = $1
        """;

    /// <summary>Values: id.</summary>
    public const string NowAndOthers = """
        select now.at, (select count(*) from nodes where id <> $1 and state in (0, 1) and lease_until > now.at) from (select clock_timestamp() as at) now
        """;

    public const string LoseEnded = """
        update nodes set state = 3, ended_at = clock_timestamp()
        where id = any(array(select id from nodes where state in (0, 1) and lease_until <= clock_timestamp() for update skip locked))
        returning name
        """;

    /// <summary>Values: how long they are looked after. Locked, so that none comes back meanwhile.</summary>
    public const string Ended = """
        select id from nodes where state in (2, 3) and ended_at > clock_timestamp() - make_interval(secs => $1) for update skip locked
        """;

    /// <summary>Values: id.</summary>
    public const string Stop = "update nodes set state = 2, ended_at = clock_timestamp(), lease_until = clock_timestamp() where id = $1 and state in (0, 1)";

    public const string List = $"select {StoredNode.Columns} from nodes";

    public const string Time = "select clock_timestamp()";
}
