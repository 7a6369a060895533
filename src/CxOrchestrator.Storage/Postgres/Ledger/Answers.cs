using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Answers as they come by the thousand: accepted, with a line owed to the CRM and nothing else. They are stored in one round trip, which is one
/// transaction. A row that isn't taken keeps its state, and nothing that would follow from its answer is stored.
/// </summary>
internal static class Answers
{
    private static readonly RowSet<(Guid Delivery, WriteBack Owed)> Owed =
        WriteBackRows.WriteBacks.Within<(Guid Delivery, WriteBack Owed)>(one => one.Owed).Key("delivery_id", one => one.Delivery);

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    // What is added waits behind the customer's earlier ones; where it is the earlier one itself (two nodes' clocks differ), the later one waits behind it.
    private static string TakeWithOwed(string table) => Texts.GetOrAdd(table, static table => $"""
        with taken as ({DeliveryRows.Complete(table)}),
        owed as materialized (select v.*, 0::smallint as waits from {Owed.TableFrom(DeliveryRows.Outcomes.Count + 2)} join taken on taken.id = v.delivery_id),
        waiting as materialized (select w.* from owed c {WriteBackRows.FirstOfEach}),
        added as (
          insert into write_backs ({WriteBackRows.WriteBacks.Names}, blocked)
          select {WriteBackRows.WriteBacks.Names}, exists (select 1 from waiting where waiting.customer_id = owed.customer_id and waiting.id < owed.id)
          from owed on conflict do nothing returning customer_id, id)
        update write_backs set blocked = true where id = any(array(
          select waiting.id from waiting join added on added.customer_id = waiting.customer_id where waiting.id > added.id and not waiting.blocked))
        """);

    /// <summary>Whether these can be stored so: each row once, and each customer at most once among those to whom something is owed.</summary>
    public static bool Are(IReadOnlyList<DeliveryOutcome> outcomes)
    {
        var rows = new HashSet<Guid>();
        var customers = new HashSet<Guid>();
        return outcomes.All(one => rows.Add(one.Id) && IsPlain(one.Effects) && one.Effects.WriteBacks.All(owed => customers.Add(owed.CustomerId)));
    }

    /// <summary>Stores them, all in one of the tables of <see cref="LedgerMonths"/>.</summary>
    public static async Task StoreAsync(PgSession session, string table, Lease lease, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        List<(Guid Delivery, WriteBack Owed)> owed = [.. outcomes.SelectMany(one => one.Effects.WriteBacks.Select(owed => (one.Id, owed)))];
        if (owed.Count == 0)
        {
            await DeliveryRows.CompleteAsync(session, table, lease, outcomes);
            return;
        }

        await using var batch = session.Batch();
        batch.Use(WriteBackRows.TakeTurns).Add(WriteBackRows.InOrder(owed.Select(one => one.Owed.CustomerId)));
        batch.Use(TakeWithOwed(table)).Add(DeliveryRows.Outcomes, outcomes).Add(lease.Node).Add(Owed, owed);
        await batch.ExecuteAsync();
    }

    // Held against nothing at all, so that a kind of effect that comes later isn't left out here.
    private static bool IsPlain(Effects effects) =>
        ReferenceEquals(effects, Effects.None) || effects with { WriteBacks = Effects.None.WriteBacks } == Effects.None;
}
