using CxOrchestrator.Core.Segments;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISegmentStore"/>
internal sealed class SqliteSegmentStore(SqliteDatabase database) : ISegmentStore
{
    public const string Page = "select customer_id from segment_members where segment = ? and customer_id > ? order by customer_id limit ?";

    private const string Watches = $"select {StoredMoment.WatchColumns} from segment_watches order by segment";

    private const string PutWatch = $"""
        insert into segment_watches ({StoredMoment.WatchColumns}) values (?, ?, ?, ?)
        on conflict (segment) do update set round = excluded.round, known = excluded.known, read_at = excluded.read_at
        """;

    private const string IsMember = "select 1 from segment_members where segment = ? and customer_id = ?";

    private const string Came = "insert into segment_members (segment, customer_id) values (?, ?) on conflict do nothing";

    private const string Left = "delete from segment_members where segment = ? and customer_id = ?";

    private const string Forget = "delete from segment_members where segment = ?1 and customer_id in (select customer_id from segment_members where segment = ?1 limit ?2)";

    private const string ForgetWatch = "delete from segment_watches where segment = ?1 and not exists (select 1 from segment_members where segment = ?1)";

    public Task<IReadOnlyList<SegmentWatch>> WatchesAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SegmentWatch>>(session => session.Use(Watches).All(StoredMoment.ReadWatch), cancellation);

    public Task PutAsync(SegmentWatch watch, CancellationToken cancellation) => database.WriteAsync(
        session => session.Use(PutWatch).Add(watch.Segment).Add((long)watch.Round).Add(watch.Known).Add(watch.ReadAt).Execute(), cancellation);

    public Task<IReadOnlySet<Guid>> AmongAsync(string segment, IReadOnlyCollection<Guid> customers, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlySet<Guid>>(
            session => customers.Where(one => session.Use(IsMember).Add(segment).Add(one).Number() is not null).ToHashSet(), cancellation);

    public Task<IReadOnlyList<Guid>> MembersAsync(string segment, Guid? after, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Guid>>(
            session => session.Use(Page).Add(segment).Add(after ?? Guid.Empty).Add(limit).All(row => row.Guid(0)), cancellation);

    public Task CommitAsync(SegmentStep step, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            foreach (var came in step.Came)
                session.Use(Came).Add(step.Segment).Add(came).Execute();
            foreach (var left in step.Left)
                session.Use(Left).Add(step.Segment).Add(left).Execute();
            foreach (var told in step.Events)
                EventRows.Add(session, told);
            return true;
        },
        cancellation);

    public Task<int> ForgetAsync(string segment, int limit, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var gone = session.Use(Forget).Add(segment).Add(limit).Execute();
            session.Use(ForgetWatch).Add(segment).Execute();
            return gone;
        },
        cancellation);
}
