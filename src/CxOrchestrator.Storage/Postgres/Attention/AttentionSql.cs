namespace CxOrchestrator.Storage.Postgres;

/// <summary>What a customer's attention budget is counted from: rows of the contact ledger.</summary>
internal static class AttentionSql
{
    /// <summary>Values: customers, the oldest hand-over that matters, purposes, now.</summary>
    public const string Read = $"""
        select {StoredAttention.Columns} from unnest($1::uuid[]) asked(key) join deliveries d on d.customer_id = asked.key
        where coalesce(d.handed_over_at, 'infinity'::timestamptz) > $2 and d.purpose = any($3)
          and ({StoredAttention.Counts} or ({StoredAttention.Bids} and d.due_at <= $4))
        """;

    /// <summary>Values: first keys, the keys after the last, how many of each span, purposes.</summary>
    public const string Sample = $"""
        select {StoredAttention.Sampled} from unnest($1::uuid[], $2::uuid[]) as span(first, after) cross join lateral (
          select {StoredAttention.Sampled}, purpose from deliveries d where d.id >= span.first and d.id < span.after order by d.id limit $3) few
        where purpose = any($4)
        """;

    // By the customers' index, as what is freed.
    /// <summary>Values: customers, the oldest hand-over that matters, purposes.</summary>
    public const string Waiting = $"""
        select {StoredAttention.Columns} from unnest($1::uuid[]) asked(key) join deliveries d on d.customer_id = asked.key
        where coalesce(d.handed_over_at, 'infinity'::timestamptz) > $2 and d.purpose = any($3) and d.state + 0 in (0, 5) and d.awaits_room
        """;

    /// <summary>
    /// Locks customers' budgets until the end of the transaction, so that the next statement sees what others have handed over. "cxo" in the bytes of a number,
    /// and two. Values: customers as numbers, in order, which all keep.
    /// </summary>
    public const string Lock = "select pg_advisory_xact_lock(6522993, key) from unnest($1::int[]) asked(key)";

    // By the customers' index, whatever the planner believes about how few are due.
    /// <summary>Values: customers, when.</summary>
    public const string Freed = """
        update deliveries d set due_at = v.at from unnest($1::uuid[], $2::timestamptz[]) as v(customer_id, at)
        where d.customer_id = v.customer_id and d.state + 0 in (0, 5) and d.awaits_room and d.due_at > v.at
        """;

    /// <summary>
    /// A condition on a row <c>mine</c> of <c>deliveries</c>: each limit has room beside the messages of others that count. Values: purposes, messages and
    /// beginnings of the limits, from a number on.
    /// </summary>
    public static string HasRoom(string customer, int first) => $"""
        not exists (
          select 1 from unnest(${first + 1}::int[], ${first + 2}::timestamptz[]) as l(most, since)
          where l.most <= (
            select count(*) from deliveries d
            where d.customer_id = {customer} and coalesce(d.handed_over_at, 'infinity'::timestamptz) > l.since and d.handed_over_at is not null
              and d.purpose = any(${first}) and {StoredAttention.Counts} and d.id <> mine.id))
        """;
}
