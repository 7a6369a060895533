using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IMomentStore"/>
internal sealed class PgMomentStore(PgDatabase database) : IMomentStore
{
    public const string Due = $"select {StoredMoment.Columns} from moments where due_at <= $1 order by due_at limit $2";

    public const string LastHeard = """
        select v.id, last.time from unnest($1::uuid[]) as v(id)
        cross join lateral (select e.time from events e where e.customer_id = v.id and e.type = $2 order by e.time desc limit 1) last
        """;

    private const string Next = "select due_at from moments order by due_at limit 1";

    private const string Plans = $"select {StoredMoment.PlanColumns} from moment_plans order by journey";

    private const string Changes = "select number, customer_id from customer_changes order by number limit $1";

    private const string End = "delete from moments where journey = $1 and customer_id = any(array(select customer_id from moments where journey = $1 limit $2))";

    private const string EndPlan = "delete from moment_plans where journey = $1 and not exists (select 1 from moments where journey = $1)";

    private const string Empty = "select journey from moment_plans p where done and not exists (select 1 from moments m where m.journey = p.journey) order by journey";

    private const string Take = "delete from customer_changes where number = any($1)";

    public Task<MomentLook> LookAsync(CancellationToken cancellation) => database.ReadAsync(
        async session => new MomentLook(
            await session.Use(Plans).AllAsync(StoredMoment.ReadPlan),
            (await session.Use(Next).AllAsync(row => (DateTimeOffset?)row.Time(0))).FirstOrDefault(),
            await session.Use("select 1 from customer_changes limit 1").AllAsync(row => row.Int(0)) is { Count: > 0 }),
        cancellation);

    public Task StartAsync(MomentPlan plan, CancellationToken cancellation) => database.WriteAsync(session => MomentRows.PutAsync(session, plan), cancellation);

    public Task<int> EndAsync(string journey, int limit, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var gone = await session.Use(End).Add(journey).Add(limit).ExecuteAsync();
            await session.Use(EndPlan).Add(journey).ExecuteAsync();
            return gone;
        },
        cancellation);

    public Task<IReadOnlyList<Moment>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Moment>>(async session => await session.Use(Due).Add(now).Add(limit).AllAsync(StoredMoment.Read), cancellation);

    public Task<IReadOnlyList<CustomerChange>> ChangesAsync(int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<CustomerChange>>(
            async session => await session.Use(Changes).Add(limit).AllAsync(row => new CustomerChange(row.Long(0), row.Guid(1))), cancellation);

    public Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastHeardAsync(IReadOnlyCollection<Guid> customers, string type, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, DateTimeOffset>>(
            async session => (await session.Use(LastHeard).Add(customers.Distinct()).Add(type).AllAsync(row => (Id: row.Guid(0), Time: row.Time(1))))
                .ToDictionary(one => one.Id, one => one.Time),
            cancellation);

    public Task<IReadOnlyList<string>> EmptyAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<string>>(async session => await session.Use(Empty).AllAsync(row => row.Text(0)), cancellation);

    public Task CommitAsync(MomentWork work, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            await EventRows.AddAsync(session, work.Events);
            await MomentRows.MoveAsync(session, work.Moves);
            if (work.Plan is { } plan)
                await MomentRows.PutAsync(session, plan);
            if (work.Taken.Count > 0)
                await session.Use(Take).Add(work.Taken).ExecuteAsync();
            return true;
        },
        cancellation);
}
