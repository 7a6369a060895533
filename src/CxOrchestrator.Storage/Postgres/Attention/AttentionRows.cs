using System.Buffers.Binary;
using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Hand-overs that need room in customers' attention budgets.</summary>
internal static class AttentionRows
{
    private static readonly RowSet<HandOver> HandOvers = DeliveryRows.HandOvers.Within<HandOver>(one => one).KeyOrNull("attention", one => one.Attention?.CustomerId);

    private static readonly ConcurrentDictionary<(string Table, int Limits), string> Texts = new();

    // Whether there is room is found out first and by itself: within the update the planner would take each row of each month for one that may have to be counted for.
    /// <summary>
    /// In a table of <see cref="LedgerMonths"/>, within so many limits. Further values: those of <see cref="DeliveryRows.HandOver"/>, and of <see cref="AttentionSql.HasRoom"/>.
    /// </summary>
    public static string HandOver(string table, int limits) => Texts.GetOrAdd((table, limits), static of => $"""
        with asked as materialized (select * from {HandOvers.Table}),
        roomy as materialized (select v.* from asked v where v.attention is null or {AttentionSql.HasRoom(HandOvers.Count + 5, of.Limits)})
        update {of.Table} mine set {DeliveryRows.HandedOver("mine", HandOvers.Count)} from roomy v
        where {DeliveryRows.MayBeHandedOver("mine", HandOvers.Count)}
        returning mine.id
        """);

    /// <summary>
    /// Hands rows over that find room, all in one of the tables of <see cref="LedgerMonths"/>; gives their keys. Whoever hands over to the same customer at the same time waits until this is committed, and counts it
    /// then. One statement counts each customer once: a customer's second message stands in the next.
    /// </summary>
    public static async Task<HashSet<Guid>> HandOverAsync(PgSession session, string table, Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now)
    {
        var budget = handOvers.First(one => one.Attention is not null).Attention!.Budget;
        var rounds = Rounds.Of(handOvers, one => one.Id, one => one.Attention?.CustomerId);
        await using var batch = session.Batch();
        batch.Use(AttentionSql.Lock).Add(Locks(handOvers));
        foreach (var round in rounds)
        {
            var statement = batch.Use(HandOver(table, budget.Limits.Count)).Add(HandOvers, round).Add(now).Add(lease.Until).Add(lease.Node).Add(lease.Now);
            AddRoom(statement, budget, now);
        }

        await batch.NextAsync(_ => true);
        var held = new HashSet<Guid>();
        foreach (var _ in rounds)
            held.UnionWith(await batch.NextAsync(row => row.Guid(0)));
        return held;
    }

    /// <summary>Makes due what waits for room.</summary>
    public static async Task FreeAsync(PgSession session, IReadOnlyList<RoomFreed> freed)
    {
        if (freed.Count == 0)
            return;
        var customers = freed.GroupBy(one => one.CustomerId).Select(group => group.First()).ToList();
        await session.Use(AttentionSql.Freed).Add(customers.Select(one => one.CustomerId)).Add(customers.Select(one => (DateTimeOffset?)one.At)).ExecuteAsync();
    }

    private static void AddRoom(PgStatement statement, AttentionBudget budget, DateTimeOffset now)
    {
        var since = now - budget.Longest;
        var keys = LatelyPlanned.Of(since, now);
        statement.Add(budget.Purposes.Select(purpose => (int)purpose)).Add(since).Add(keys.From).Add(keys.Middle).Add(keys.To);
        foreach (var limit in budget.Limits)
            statement.Add(limit.Messages).Add(now - limit.Within);
    }

    // By what is locked, so that two who lock the same do so in one order, also where two customers come to one number.
    private static int[] Locks(IReadOnlyList<HandOver> handOvers) =>
        [.. handOvers.Where(one => one.Attention is not null).Select(one => LockOf(one.Attention!.CustomerId)).Distinct().Order()];

    private static int LockOf(Guid customer)
    {
        Span<byte> bytes = stackalloc byte[16];
        customer.TryWriteBytes(bytes, bigEndian: true, out _);
        // The end of a version 7 key is random, but for what counts those of one millisecond.
        return BinaryPrimitives.ReadInt32BigEndian(bytes[12..]) ^ BinaryPrimitives.ReadInt32BigEndian(bytes[7..]);
    }
}
