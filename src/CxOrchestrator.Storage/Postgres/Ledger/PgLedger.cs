using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ILedger"/>
internal sealed class PgLedger(PgDatabase database) : ILedger
{
    // Each channel's own: the turns of one would otherwise depend on how often the other claims.
    private readonly Dictionary<Channel, LaneTurns> _turns = Enum.GetValues<Channel>().ToDictionary(channel => channel, _ => new LaneTurns());

    public Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, Channel channel, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var lanes = _turns[channel].Next();
        return database.WriteAtOnceAsync<IReadOnlyList<Delivery>>(
            async session =>
            {
                var claimed = await session.Use(LedgerSql.Claim).Add(lease.Node).Add(lease.Until).Add(limit).Add(now).Add(lanes[0]).Add(lanes[1]).Add(lanes[2]).Add(channel)
                    .AllAsync(StoredDelivery.Read);
                return [.. lanes.SelectMany(lane => claimed.Where(one => one.Lane == lane).OrderBy(one => one.DueAt).ThenBy(one => one.Id, InOrderOfTime.Keys))];
            },
            cancellation);
    }

    public Task PassOnAsync(Lease lease, Channel to, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.WriteAtOnceAsync(session => session.Use(LedgerSql.PassOn).Add(to).Add(lease.Node).Add(ids).ExecuteAsync(), cancellation);

    public Task<IReadOnlySet<Guid>> HandOverAsync(
        Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now, CancellationToken cancellation)
    {
        if (handOvers.Any(one => one.Attention is not null))
            return database.WriteAtOnceAsync<IReadOnlySet<Guid>>(async session => await AttentionRows.HandOverAsync(session, TableOf(handOvers.Select(one => one.Id)), lease, handOvers, now), cancellation);
        // A row that is named twice is handed over twice, which takes two statements.
        Func<PgSession, Task<IReadOnlySet<Guid>>> work = async session => await DeliveryRows.HandOverAsync(session, TableOf(handOvers.Select(one => one.Id)), lease, handOvers, now);
        return handOvers.DistinctBy(one => one.Id).Count() == handOvers.Count ? database.WriteAtOnceAsync(work, cancellation) : database.WriteAsync(work, cancellation);
    }

    public Task CompleteAsync(Lease lease, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellation)
    {
        if (!Answers.Are(outcomes))
            return CompleteOneByOneAsync(lease, outcomes, cancellation);
        return database.WriteAtOnceAsync(
            async session =>
            {
                await Answers.StoreAsync(session, TableOf(outcomes.Select(one => one.Id)), lease, outcomes);
                return true;
            },
            cancellation);
    }

    private Task CompleteOneByOneAsync(Lease lease, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var round in Rounds.Of(outcomes, one => one.Id))
                {
                    // A row that is no longer ours has been, or will be, answered by another: what would follow from our answer is theirs too.
                    var taken = await DeliveryRows.CompleteAsync(session, TableOf(round.Select(one => one.Id)), lease, round);
                    await EffectRows.StoreAllAsync(session, round.Where(one => taken.Contains(one.Id)).Select(one => one.Effects));
                }

                return true;
            },
            cancellation);

    public Task<(int Replanned, int Unknown)> RecoverAsync(
        DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable, CancellationToken cancellation) =>
        database.WriteAsync(session => RecoverAsync(session, machineNow, now, resendable), cancellation);

    public Task<IReadOnlyDictionary<Guid, Delivery>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, Delivery>>(
            async session => (await session.Use(LedgerSql.Get).Add(ids).AllAsync(StoredDelivery.Read)).ToDictionary(found => found.Id), cancellation);

    public Task<IReadOnlyList<Delivery>> ListAsync(DeliveryState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Delivery>>(
            async session => await (state switch
            {
                DeliveryState.Planned => session.Use(LedgerSql.ListPlanned),
                DeliveryState.Claimed or DeliveryState.HandedOver => session.Use(LedgerSql.ListUnderWay).Add(state),
                _ => session.Use(LedgerSql.ListEnded).Add(state),
            }).Add(limit).AllAsync(StoredDelivery.Read),
            cancellation);

    public Task<bool> SettleAsync(DeliveryOutcome outcome, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                var settled = await session.Use(LedgerSql.Settle)
                    .Add(outcome.Id).Add(outcome.State).Add(outcome.Reason).Add(outcome.At)
                    .Add(StoredDelivery.DueAt(outcome.State, outcome.DueAt, outcome.At)).Add(outcome.ProviderId)
                    .Add(StoredRefusals.Written(outcome.Refused))
                    .ExecuteAsync() == 1;
                if (settled)
                    await EffectRows.StoreAsync(session, outcome.Effects);
                return settled;
            },
            cancellation);

    public Task<IReadOnlyList<Delivery>> TakeUnknownAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Delivery>>(
            async session => await session.Use(LedgerSql.TakeUnknown).Add(until).Add(now).Add(limit).AllAsync(StoredDelivery.Read), cancellation);

    public Task LookAgainAsync(Guid id, DateTimeOffset? at, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(LedgerSql.LookAgain).Add(id).Add(at).ExecuteAsync(), cancellation);

    public Task<IReadOnlyDictionary<DeliveryState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<DeliveryState, long>>(async session => await CountAsync(session), cancellation);

    public static async Task<Dictionary<DeliveryState, long>> CountAsync(PgSession session) =>
        (await session.Use(LedgerSql.Count).AllAsync(row => (State: (DeliveryState)row.Int(0), Rows: row.Long(1))))
            .ToDictionary(count => count.State, count => count.Rows);

    private string TableOf(IEnumerable<Guid> rows) => database.LedgerMonths.TableOf([.. rows]);

    private static async Task<(int Replanned, int Unknown)> RecoverAsync(
        PgSession session, DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable)
    {
        var replanned = await session.Use(LedgerSql.Replan).Add(machineNow).Add(now).ExecuteAsync();
        if (resendable.Count > 0)
            replanned += await session.Use(LedgerSql.MakeDeferred).Add(machineNow).Add(now).Add(resendable).ExecuteAsync();
        var unknown = await session.Use(LedgerSql.MakeUnknown).Add(machineNow).Add(now).Add(now + LookUpTimes.First).ExecuteAsync();
        return (replanned, unknown);
    }
}
