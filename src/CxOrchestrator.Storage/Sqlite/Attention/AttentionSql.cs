namespace CxOrchestrator.Storage.Sqlite;

/// <summary>What a customer's attention budget is counted from: rows of the contact ledger.</summary>
internal static class AttentionSql
{
    private const string Never = "9223372036854775807";

    /// <summary>Values: customer, the oldest hand-over that matters, now, purposes as bits.</summary>
    public const string Read = $"""
        select {StoredAttention.Columns} from deliveries d indexed by deliveries_by_customer
        where d.customer_id = ? and coalesce(d.handed_over_at, {Never}) > ? and ({StoredAttention.Counts} or ({StoredAttention.Bids} and d.due_at <= ?))
          and (1 << d.purpose) & ?
        """;

    /// <summary>Messages of others that count. Values: customer, since when, purposes as bits, the row that is not counted.</summary>
    public const string Count = $"""
        select count(*) from deliveries d indexed by deliveries_by_customer
        where d.customer_id = ? and coalesce(d.handed_over_at, {Never}) > ? and d.handed_over_at is not null and {StoredAttention.Counts}
          and (1 << d.purpose) & ? and d.id <> ?
        """;

    /// <summary>Values: the first key, the key after the last, how many, purposes as bits.</summary>
    public const string Sample = $"""
        select {StoredAttention.Sampled} from (select {StoredAttention.Sampled}, purpose from deliveries where id >= ? and id < ? order by id limit ?)
        where (1 << purpose) & ?
        """;

    /// <summary>Values: customer, the oldest hand-over that matters, purposes as bits.</summary>
    public const string Waiting = $"""
        select {StoredAttention.Columns} from deliveries d indexed by deliveries_by_customer
        where d.customer_id = ? and coalesce(d.handed_over_at, {Never}) > ? and d.state in (0, 5) and d.awaits_room and (1 << d.purpose) & ?
        """;

    /// <summary>Values: when, customer, when.</summary>
    public const string Freed = "update deliveries set due_at = ? where customer_id = ? and state in (0, 5) and awaits_room and due_at > ?";
}
