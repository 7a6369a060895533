using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ILedger"/>
internal sealed class SqliteLedger(SqliteDatabase database) : ILedger
{
    // Each channel's own: the turns of one would otherwise depend on how often the other claims.
    private readonly Dictionary<Channel, LaneTurns> _turns = Enum.GetValues<Channel>().ToDictionary(channel => channel, _ => new LaneTurns());

    public Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, Channel channel, DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var lanes = _turns[channel].Next();
        return database.WriteAsync<IReadOnlyList<Delivery>>(session => Claim(session, lease, channel, lanes, now, limit), cancellation);
    }

    public Task PassOnAsync(Lease lease, Channel to, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.WriteAsync(session => ids.Sum(id => session.Use(LedgerSql.PassOn).Add(to).Add(id).Add(lease.Node).Execute()), cancellation);

    public Task<IReadOnlySet<Guid>> HandOverAsync(
        Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlySet<Guid>>(
            session => handOvers.Where(one => SqliteAttentionStore.HasRoom(session, one, now) && HandOver(session, lease, one, now)).Select(one => one.Id).ToHashSet(), cancellation);

    public Task CompleteAsync(Lease lease, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                foreach (var outcome in outcomes)
                {
                    // A row that is no longer ours has been, or will be, answered by another: what would follow from our answer is theirs too.
                    if (Complete(session, lease, outcome))
                        EffectRows.Store(session, outcome.Effects);
                }

                return true;
            },
            cancellation);

    public Task<(int Replanned, int Unknown)> RecoverAsync(
        DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable, CancellationToken cancellation) =>
        database.WriteAsync(session => Recover(session, machineNow, now, resendable), cancellation);

    public Task<IReadOnlyDictionary<Guid, Delivery>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, Delivery>>(
            session => ids.Distinct()
                .Select(id => session.Use(LedgerSql.Get).Add(id).First(StoredDelivery.Read))
                .OfType<Delivery>()
                .ToDictionary(found => found.Id),
            cancellation);

    public Task<IReadOnlyList<Delivery>> ListAsync(DeliveryState state, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Delivery>>(
            session => state switch
            {
                DeliveryState.Planned => session.Use(LedgerSql.ListPlanned).Add(limit).All(StoredDelivery.Read),
                DeliveryState.Claimed or DeliveryState.HandedOver =>
                    session.Use(LedgerSql.ListUnderWay).Add(state).Add(limit).All(StoredDelivery.Read),
                _ => session.Use(LedgerSql.ListEnded).Add(state).Add(limit).All(StoredDelivery.Read),
            },
            cancellation);

    public Task<bool> SettleAsync(DeliveryOutcome outcome, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                var settled = session.Use(LedgerSql.Settle)
                    .Add(outcome.State).Add(outcome.Reason).Add(outcome.At).Add(StoredDelivery.DueAt(outcome.State, outcome.DueAt, outcome.At))
                    .Add(outcome.ProviderId).Add(StoredRefusals.Written(outcome.Refused)).Add(outcome.Id)
                    .Execute() == 1;
                if (settled)
                    EffectRows.Store(session, outcome.Effects);
                return settled;
            },
            cancellation);

    public Task<IReadOnlyList<Delivery>> TakeUnknownAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<Delivery>>(
            session => session.Use(LedgerSql.TakeUnknown).Add(until).Add(now).Add(limit).All(StoredDelivery.Read), cancellation);

    public Task LookAgainAsync(Guid id, DateTimeOffset? at, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(LedgerSql.LookAgain).Add(at).Add(id).Execute(), cancellation);

    public Task<IReadOnlyDictionary<DeliveryState, long>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<DeliveryState, long>>(Count, cancellation);

    public static Dictionary<DeliveryState, long> Count(SqliteSession session) =>
        session.Use(LedgerSql.Count).All(row => (State: (DeliveryState)row.Int(0), Rows: row.Long(1)))
            .ToDictionary(count => count.State, count => count.Rows);

    private static List<Delivery> Claim(SqliteSession session, Lease lease, Channel channel, IReadOnlyList<Lane> lanes, DateTimeOffset now, int limit)
    {
        var all = new List<Delivery>();
        foreach (var lane in lanes)
        {
            var claimed = session.Use(LedgerSql.Claim).Add(lease.Node).Add(lease.Until).Add(now).Add(channel).Add(lane).Add(now).Add((long)(limit - all.Count))
                .All(StoredDelivery.Read);
            all.AddRange(claimed.OrderBy(one => one.DueAt).ThenBy(one => one.Id, InOrderOfTime.Keys));
            if (all.Count >= limit)
                break;
        }

        return all;
    }

    private static bool HandOver(SqliteSession session, Lease lease, HandOver handOver, DateTimeOffset now) =>
        session.Use(LedgerSql.HandOver)
            .Add(handOver.Via).Add(handOver.Connection).Add(handOver.Decided).Add(now).Add(now).Add(handOver.To).Add(lease.Until).Add(handOver.Id).Add(lease.Node).Add(lease.Now)
            .Execute() == 1;

    private static bool Complete(SqliteSession session, Lease lease, DeliveryOutcome outcome) =>
        session.Use(LedgerSql.Complete)
            .Add(outcome.State).Add(outcome.Reason).Add(outcome.At).Add(StoredDelivery.DueAt(outcome.State, outcome.DueAt, outcome.At))
            .Add(outcome.State == DeliveryState.Unknown ? outcome.At + LookUpTimes.First : null)
            .Add(outcome.ProviderId).Add(outcome.NotCalled ? 1 : 0)
            .Add(outcome.Doubtful).Add(outcome.AwaitsRoom).Add(StoredRefusals.Written(outcome.Refused))
            .Add(outcome.State).Add(outcome.Id).Add(lease.Node).Add(outcome.State).Add(outcome.OfClaim)
            .Execute() == 1;

    private static (int Replanned, int Unknown) Recover(
        SqliteSession session, DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable)
    {
        var replanned = session.Use(LedgerSql.Replan).Add(now).Add(machineNow).Execute();
        var unknown = 0;
        var lost = session.Use(LedgerSql.Lost).Add(machineNow).All(row => (Id: row.Guid(0), Connection: row.Text(1)));
        foreach (var (id, connection) in lost)
        {
            if (resendable.Contains(connection))
                replanned += session.Use(LedgerSql.MakeDeferred).Add(now).Add(now).Add(id).Execute();
            else
                unknown += session.Use(LedgerSql.MakeUnknown).Add(now).Add(now + LookUpTimes.First).Add(id).Execute();
        }

        return (replanned, unknown);
    }
}
