using CxOrchestrator.Core.Segments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ISegmentStore"/>
internal sealed class PgSegmentStore(PgDatabase database) : ISegmentStore
{
    public const string Page = "select customer_id from segment_members where segment = $1 and customer_id > $2 order by customer_id limit $3";

    private const string Watches = $"select {StoredMoment.WatchColumns} from segment_watches order by segment";

    private const string PutWatch = $"""
        insert into segment_watches ({StoredMoment.WatchColumns}) values ($1, $2, $3, $4)
        on conflict (segment) do update set round = excluded.round, known = excluded.known, read_at = excluded.read_at
        """;

    private const string Among = "select customer_id from segment_members where segment = $1 and customer_id = any($2)";

    private const string Came = "insert into segment_members (segment, customer_id) select $1, v.id from unnest($2::uuid[]) as v(id) on conflict do nothing";

    private const string Left = "delete from segment_members where segment = $1 and customer_id = any($2)";

    private const string Forget = """
        delete from segment_members where segment = $1 and customer_id = any(array(select customer_id from segment_members where segment = $1 limit $2))
        """;

    private const string ForgetWatch = "delete from segment_watches where segment = $1 and not exists (select 1 from segment_members where segment = $1)";

    public Task<IReadOnlyList<SegmentWatch>> WatchesAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SegmentWatch>>(async session => await session.Use(Watches).AllAsync(StoredMoment.ReadWatch), cancellation);

    public Task PutAsync(SegmentWatch watch, CancellationToken cancellation) => database.WriteAsync(
        session => session.Use(PutWatch).Add(watch.Segment).Add(watch.Round).Add(watch.Known).Add(watch.ReadAt).ExecuteAsync(), cancellation);

    public Task<IReadOnlySet<Guid>> AmongAsync(string segment, IReadOnlyCollection<Guid> customers, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlySet<Guid>>(
            async session => (await session.Use(Among).Add(segment).Add(customers).AllAsync(row => row.Guid(0))).ToHashSet(), cancellation);

    public Task<IReadOnlyList<Guid>> MembersAsync(string segment, Guid? after, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Guid>>(
            async session => await session.Use(Page).Add(segment).Add(after ?? Guid.Empty).Add(limit).AllAsync(row => row.Guid(0)), cancellation);

    public Task CommitAsync(SegmentStep step, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            if (step.Came.Count > 0)
                await session.Use(Came).Add(step.Segment).Add(step.Came).ExecuteAsync();
            if (step.Left.Count > 0)
                await session.Use(Left).Add(step.Segment).Add(step.Left).ExecuteAsync();
            await EventRows.AddAsync(session, step.Events);
            return true;
        },
        cancellation);

    public Task<int> ForgetAsync(string segment, int limit, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var gone = await session.Use(Forget).Add(segment).Add(limit).ExecuteAsync();
            await session.Use(ForgetWatch).Add(segment).ExecuteAsync();
            return gone;
        },
        cancellation);
}
