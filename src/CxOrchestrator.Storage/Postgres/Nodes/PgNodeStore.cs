using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="INodeStore"/>
internal sealed class PgNodeStore(PgDatabase database) : INodeStore
{
    public Task<DateTimeOffset> TimeAsync(CancellationToken cancellation) =>
        database.ReadAsync(async session => (await session.Use(NodeSql.Time).AllAsync(row => row.Time(0))).Single(), cancellation);

    public Task<Registration> RegisterAsync(NodeIdentity node, TimeSpan lease, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            await session.RunAsync(NodeSql.OneRegisters);
            var (now, _) = await NowAndOthersAsync(session, node.Id);
            var former = await session.Use(NodeSql.OfName).Add(node.Name).AllAsync(StoredNode.Read);
            if (former.FirstOrDefault(one => one.LivesAt(now) && !IsGone(one.Node, node)) is { } holder)
                return new Registration(holder, now, 0);
            var gone = former.ConvertAll(one => one.Node.Id);
            await session.Use(NodeSql.Lose).Add(gone).ExecuteAsync();
            await HeldRows.FreeAsync(session, gone);
            await session.Use(NodeSql.Forget).Add(StoredNode.Remembered.TotalSeconds).ExecuteAsync();
            await session.Use(NodeSql.Add).Add(node.Id).Add(node.Name).Add(node.Machine).Add(node.Process).Add(node.Folder).Add(node.Address).Add(node.Version)
                .Add(lease.TotalSeconds).ExecuteAsync();
            var (at, others) = await NowAndOthersAsync(session, node.Id);
            return new Registration(null, at, others);
        },
        cancellation);

    public Task<BeatAnswer> BeatAsync(string id, NodeBeat beat, TimeSpan lease, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var found = await session.Use(NodeSql.Find).Add(id).AllAsync(row => (State: (NodeState)row.Int(0), Replaced: row.Bool(1)));
            var standing = found.Count == 0 ? NodeStanding.Unknown
                : found[0].Replaced ? NodeStanding.Replaced
                : found[0].State is NodeState.Lost or NodeState.Stopped ? NodeStanding.WasLost : NodeStanding.Held;
            if (standing is NodeStanding.Held or NodeStanding.WasLost)
            {
                await session.Use(NodeSql.Beat).Add(id).Add(beat.Draining ? NodeState.Draining : NodeState.Running).Add(StoredNode.ClockOff(beat))
                    .Add(StoredNode.Written(beat)).Add(lease.TotalSeconds).ExecuteAsync();
            }

            var (now, others) = await NowAndOthersAsync(session, id);
            return new BeatAnswer(standing, now, others);
        },
        cancellation);

    public Task<TakenOver> TakeOverAsync(CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var lost = await session.Use(NodeSql.LoseEnded).AllAsync(row => row.Text(0));
            var ended = await session.Use(NodeSql.Ended).Add(StoredNode.LookedAfter.TotalSeconds).AllAsync(row => row.Text(0));
            if (ended.Count > 0)
                await HeldRows.FreeAsync(session, ended);
            return new TakenOver(lost, (await session.Use(HeldRows.Owed).AllAsync(row => row.Bool(0))).Single());
        },
        cancellation);

    public Task StopAsync(string id, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var stopped = await session.Use(NodeSql.Stop).Add(id).ExecuteAsync();
            await HeldRows.FreeAsync(session, [id]);
            return stopped;
        },
        cancellation);

    public Task ForgetAsync(string id, HeldWork kind, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(HeldRows.Free(kind)).Add([id]).ExecuteAsync(), cancellation);

    public Task<NodeList> ListAsync(CancellationToken cancellation) => database.ReadMomentAsync(
        async session =>
        {
            var now = (await session.Use(NodeSql.Time).AllAsync(row => row.Time(0))).Single();
            var nodes = await session.Use(NodeSql.List).AllAsync(StoredNode.Read);
            var holds = await session.Use(HeldRows.Count).AllAsync(row => (row.TextOrNull(0) ?? "", row.Text(1), row.Long(2)));
            return StoredNode.List(now, nodes, holds);
        },
        cancellation);

    // The lock in the data folder lets one process alone run on it.
    private static bool IsGone(NodeIdentity former, NodeIdentity now) =>
        former.Machine == now.Machine && former.Folder == now.Folder && former.Folder.Length > 0;

    private static async Task<(DateTimeOffset Now, int Others)> NowAndOthersAsync(PgSession session, string id) =>
        (await session.Use(NodeSql.NowAndOthers).Add(id).AllAsync(row => (row.Time(0), (int)row.Long(1)))).Single();
}
