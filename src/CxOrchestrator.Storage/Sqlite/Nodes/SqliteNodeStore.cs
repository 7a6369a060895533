using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary><see cref="INodeStore"/> where one process at a time runs, by its own clock: whoever registers has the store, and all others are gone.</summary>
internal sealed class SqliteNodeStore(SqliteDatabase database, Clocks? clocks = null) : INodeStore
{
    private const string Lose = "update nodes set state = 3, ended_at = ? where state in (0, 1) and id <> ?";

    private const string Forget = "delete from nodes where state in (2, 3) and ended_at < ?";

    private const string Add = """
        insert into nodes (id, name, machine, process, folder, address, version, state, started_at, heard_at, lease_until)
        values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
        """;

    private const string Find = """
        select n.state, exists (select 1 from nodes o where o.name = n.name and o.id <> n.id and o.state in (0, 1) and o.lease_until > ?)
        from nodes n where n.id = ?
        """;

    private const string Beat = """
        update nodes set state = ?, clock_off_ms = ?, work = ?, heard_at = ?, lease_until = ?, ended_at = null where id = ?
        """;

    private const string Others = "select count(*) from nodes where id <> ? and state in (0, 1) and lease_until > ?";

    private const string LoseEnded = "update nodes set state = 3, ended_at = ? where state in (0, 1) and lease_until <= ? returning name";

    private const string Ended = "select count(*) from nodes where state in (0, 1)";

    private const string Stop = "update nodes set state = 2, ended_at = ?, lease_until = ? where id = ? and state in (0, 1)";

    private const string List = $"select {StoredNode.Columns} from nodes";

    private DateTimeOffset Now => clocks?.MachineNow ?? TimeProvider.System.GetUtcNow();

    public Task<DateTimeOffset> TimeAsync(CancellationToken cancellation) => Task.FromResult(Now);

    public Task<Registration> RegisterAsync(NodeIdentity node, TimeSpan lease, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var now = Now;
            session.Use(Lose).Add(now).Add(node.Id).Execute();
            HeldRows.FreeAll(session);
            session.Use(Forget).Add(now - StoredNode.Remembered).Execute();
            session.Use(Add).Add(node.Id).Add(node.Name).Add(node.Machine).Add(node.Process).Add(node.Folder).Add(node.Address).Add(node.Version)
                .Add(now).Add(now).Add(now + lease).Execute();
            return new Registration(null, now, 0);
        },
        cancellation);

    public Task<BeatAnswer> BeatAsync(string id, NodeBeat beat, TimeSpan lease, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var now = Now;
            var found = session.Use(Find).Add(now).Add(id).All(row => (State: (NodeState)row.Int(0), Replaced: row.Bool(1)));
            var standing = found.Count == 0 ? NodeStanding.Unknown
                : found[0].Replaced ? NodeStanding.Replaced
                : found[0].State is NodeState.Lost or NodeState.Stopped ? NodeStanding.WasLost : NodeStanding.Held;
            if (standing is NodeStanding.Held or NodeStanding.WasLost)
            {
                session.Use(Beat).Add(beat.Draining ? NodeState.Draining : NodeState.Running).Add(StoredNode.ClockOff(beat)).Add(StoredNode.Written(beat))
                    .Add(now).Add(now + lease).Add(id).Execute();
            }

            return new BeatAnswer(standing, now, (int)(session.Use(Others).Add(id).Add(now).Number() ?? 0));
        },
        cancellation);

    public Task<TakenOver> TakeOverAsync(CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var now = Now;
            var lost = session.Use(LoseEnded).Add(now).Add(now).All(row => row.Text(0));
            if (lost.Count > 0 && session.Use(Ended).Number() is null or 0)
                HeldRows.FreeAll(session);
            return new TakenOver(lost, session.Use(HeldRows.Owed).Add(now).Number() > 0);
        },
        cancellation);

    public Task StopAsync(string id, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var stopped = session.Use(Stop).Add(Now).Add(Now).Add(id).Execute();
            if (stopped > 0)
                HeldRows.FreeAll(session);
            return stopped;
        },
        cancellation);

    public Task ForgetAsync(string id, HeldWork kind, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(HeldRows.Free(kind)).Add(id).Execute(), cancellation);

    public Task<NodeList> ListAsync(CancellationToken cancellation) => database.ReadAsync(
        session => StoredNode.List(
            Now, session.Use(List).All(StoredNode.Read), session.Use(HeldRows.Count).All(row => (row.TextOrNull(0) ?? "", row.Text(1), row.Long(2)))),
        cancellation);
}
