using System.Buffers.Binary;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Hand-overs that need room in customers' attention budgets.</summary>
internal static class AttentionRows
{
    private static readonly RowSet<HandOver> HandOvers = DeliveryRows.HandOvers.Within<HandOver>(one => one).KeyOrNull("attention", one => one.Attention?.CustomerId);

    /// <summary>Further values: those of <see cref="DeliveryRows.HandOver"/>, purposes, messages and beginnings of the limits.</summary>
    public static readonly string HandOver = $"""
        update deliveries mine set {DeliveryRows.HandedOver("mine", HandOvers.Count)} from {HandOvers.Table}
        where {DeliveryRows.MayBeHandedOver("mine", HandOvers.Count)}
          and (v.attention is null or {AttentionSql.HasRoom("v.attention", HandOvers.Count + 5)})
        returning mine.id
        """;

    /// <summary>
    /// Hands rows over that find room; gives their keys. Whoever hands over to the same customer at the same time waits until this is committed, and counts it
    /// then. One statement counts each customer once: a customer's second message stands in the next.
    /// </summary>
    public static async Task<HashSet<Guid>> HandOverAsync(PgSession session, Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now)
    {
        var budget = handOvers.First(one => one.Attention is not null).Attention!.Budget;
        var rounds = Rounds.Of(handOvers, one => one.Id, one => one.Attention?.CustomerId);
        await using var batch = session.Batch();
        batch.Use(AttentionSql.Lock).Add(Locks(handOvers));
        foreach (var round in rounds)
        {
            batch.Use(HandOver).Add(HandOvers, round).Add(now).Add(lease.Until).Add(lease.Node).Add(lease.Now)
                .Add(budget.Purposes.Select(purpose => (int)purpose)).Add(budget.Limits.Select(limit => limit.Messages))
                .Add(budget.Limits.Select(limit => (DateTimeOffset?)(now - limit.Within)));
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
