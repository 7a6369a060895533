namespace CxOrchestrator.Storage.Postgres;

/// <summary>What the store of journeys' states asks. Of what is held: 0 walks, 1 messages.</summary>
internal static class StateSql
{
    public const string All = "select journey, state, since, by, reason, skip_before from journey_states order by journey";

    public const string Set = """
        insert into journey_states (journey, state, since, by, reason, skip_before) values ($1, $2, $3, $4, $5, $6)
        on conflict (journey) do update set state = excluded.state, since = excluded.since, by = excluded.by, reason = excluded.reason, skip_before = excluded.skip_before
        """;

    /// <summary>A walk that came due again is held from then on; values: keys, revisions.</summary>
    public const string HoldWalks = """
        with free as (
          select e.id, e.journey, e.due_at from enrolments e join unnest($1::uuid[], $2::int[]) as v(id, revision) on e.id = v.id and e.revision = v.revision
          where e.state = 0 and e.due_at is not null for update of e),
        taken as (
          update enrolments e set due_at = null, lease_node = null, lease_until = null from free where e.id = free.id returning e.id)
        insert into held (kind, id, journey, due_at) select 0, free.id, free.journey, free.due_at from free join taken on taken.id = free.id
        on conflict (kind, id) do update set due_at = excluded.due_at
        """;

    /// <summary>Values: keys, journeys, due.</summary>
    public const string HoldMessages = """
        insert into held (kind, id, journey, due_at) select 1, v.id, v.journey, v.due_at
        from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as v(id, journey, due_at) on conflict (kind, id) do nothing
        """;

    /// <summary>Values: late before, journey.</summary>
    public const string Count = "select kind, count(*), count(*) filter (where due_at < $1) from held where journey = $2 group by kind";

    /// <summary>The longest held first; values: journey, kind, limit.</summary>
    public const string Page = "select id, due_at from held where journey = $1 and kind = $2 order by due_at limit $3 for update skip locked";

    /// <summary>Values: kind, keys.</summary>
    public const string LetGo = "delete from held where kind = $1 and id = any($2)";

    /// <summary>Values: keys, due.</summary>
    public const string WalkOn = """
        update enrolments e set due_at = v.due_at, revision = e.revision + 1, lease_node = null, lease_until = null
        from unnest($1::uuid[], $2::timestamptz[]) as v(id, due_at) where e.id = v.id and e.state = 0 and e.due_at is null
        """;

    /// <summary>Exited (2); values: keys, reasons, now.</summary>
    public const string Leave = """
        update enrolments e set state = 2, due_at = null, waits_for = null, waits_on = null, ended_at = $3, reason = v.reason, revision = e.revision + 1,
          lease_node = null, lease_until = null
        from unnest($1::uuid[], $2::text[]) as v(id, reason) where e.id = v.id and e.state = 0
        """;

    /// <summary>Values: keys, due, reason.</summary>
    public const string Send = """
        update deliveries d set due_at = v.due_at, reason = $3
        from unnest($1::uuid[], $2::timestamptz[]) as v(id, due_at) where d.id = v.id and d.state in (0, 5)
        """;

    /// <summary>The dispatcher expires it, with all that follows from that; values: keys, reasons, now.</summary>
    public const string Expire = """
        update deliveries d set due_at = $3, expires_at = $3, reason = v.reason
        from unnest($1::uuid[], $2::text[]) as v(id, reason) where d.id = v.id and d.state in (0, 5)
        """;

    /// <summary>Values: journey, limit.</summary>
    public const string UnderWay = """
        select id from enrolments where journey = $1 and ended_at is null and state = 0 order by id limit $2 for update skip locked
        """;

    /// <summary>Values: journey, limit.</summary>
    public const string Open = "select id from deliveries where state in (0, 5) and journey = $1 limit $2 for update skip locked";

    /// <summary>Suppressed (7); values: keys, reason, now.</summary>
    public const string Cancel = """
        update deliveries set state = 7, reason = $2, changed_at = $3, due_at = null, lease_node = null where id = any($1) and state in (0, 5)
        """;
}
