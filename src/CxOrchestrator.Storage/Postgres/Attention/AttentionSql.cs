namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// What a customer's attention budget is counted from: rows of the contact ledger. They are looked for in the months that can hold them
/// (<see cref="LatelyPlanned"/>) and among the late hand-overs, not in all months that are kept: a year's cost three times the hand-over itself.
/// </summary>
internal static class AttentionSql
{
    // Customer by customer ("offset 0"): a planner that knows nothing of the tables would rather read all that lies between the keys and then pick the customers.
    /// <summary>Values: customers, the oldest hand-over that matters, purposes, now, first key, a key between, the key after the last.</summary>
    public const string Read = $"""
        select {StoredAttention.Columns} from unnest($1::uuid[]) asked(key) cross join lateral (
          select * from deliveries d
          where d.customer_id = asked.key and coalesce(d.handed_over_at, 'infinity'::timestamptz) > $2
            and {Known} and ((d.id >= $5 and d.id < $6) or (d.id >= $6 and d.id < $7))
            and d.purpose = any($3) and ({StoredAttention.Counts} or ({StoredAttention.Bids} and d.due_at <= $4)) offset 0) d
        union all
        select {StoredAttention.Columns} from unnest($1::uuid[]) asked(key) cross join lateral (
          select id from late_hand_overs late where late.customer_id = asked.key and late.at > $2 and (late.id < $5 or late.id >= $7) offset 0) late
        cross join lateral (select * from deliveries where id = late.id offset 0) d
        where d.purpose = any($3) and ({StoredAttention.Counts} or ({StoredAttention.Bids} and d.due_at <= $4))
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

    // Keys are said in two spans, and that no time lies after the last one is said, so that a planner that knows nothing of the tables takes the customers' index
    // in each month and not that of the keys, with which it would go through the whole month for each customer.
    private const string Known = "coalesce(d.handed_over_at, 'infinity'::timestamptz) <= 'infinity'::timestamptz";

    /// <summary>
    /// A condition on a row <c>v</c> with a key and a customer: each limit has room beside the messages of others that count. Values, from a number on: purposes,
    /// the oldest hand-over that matters, first key, a key between, the key after the last; then of each limit its messages and its beginning.
    /// </summary>
    public static string HasRoom(int first, int limits) => $"""
        (select {string.Join(" and ", Enumerable.Range(0, limits).Select(limit => $"count(*) filter (where contact.at > ${first + 6 + (2 * limit)}) < ${first + 5 + (2 * limit)}"))}
        from (
          select d.handed_over_at as at from deliveries d
          where d.customer_id = v.attention and coalesce(d.handed_over_at, 'infinity'::timestamptz) > ${first + 1} and d.handed_over_at is not null
            and {Known} and ((d.id >= ${first + 2} and d.id < ${first + 3}) or (d.id >= ${first + 3} and d.id < ${first + 4}))
            and d.purpose = any(${first}) and {StoredAttention.Counts} and d.id <> v.id
          union all
          select late.at from late_hand_overs late
          where late.customer_id = v.attention and late.at > ${first + 1} and (late.id < ${first + 2} or late.id >= ${first + 4})
            and late.purpose = any(${first}) and late.counts and late.id <> v.id) contact)
        """;
}
