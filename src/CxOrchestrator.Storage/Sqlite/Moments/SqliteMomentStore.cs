using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IMomentStore"/>
internal sealed class SqliteMomentStore(SqliteDatabase database) : IMomentStore
{
    public const string Due = $"select {StoredMoment.Columns} from moments where due_at <= ? order by due_at limit ?";

    public const string LastHeard = "select time from events where customer_id = ? and type = ? order by time desc limit 1";

    public const string Next = "select min(due_at) from moments";

    private const string Plans = $"select {StoredMoment.PlanColumns} from moment_plans order by journey";

    private const string Changes = "select number, customer_id from customer_changes order by number limit ?";

    private const string End = "delete from moments where journey = ?1 and customer_id in (select customer_id from moments where journey = ?1 limit ?2)";

    private const string EndPlan = "delete from moment_plans where journey = ?1 and not exists (select 1 from moments where journey = ?1)";

    private const string Empty = "select journey from moment_plans p where done = 1 and not exists (select 1 from moments m where m.journey = p.journey) order by journey";

    private const string Take = "delete from customer_changes where number = ?";

    public Task<MomentLook> LookAsync(CancellationToken cancellation) => database.ReadAsync(
        session => new MomentLook(
            session.Use(Plans).All(StoredMoment.ReadPlan),
            session.Use(Next).Number() is { } next ? StoredForms.ToTime(next) : null,
            session.Use("select 1 from customer_changes limit 1").Number() is not null),
        cancellation);

    public Task StartAsync(MomentPlan plan, CancellationToken cancellation) => database.WriteAsync(session => MomentRows.Put(session, plan), cancellation);

    public Task<int> EndAsync(string journey, int limit, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var gone = session.Use(End).Add(journey).Add(limit).Execute();
            session.Use(EndPlan).Add(journey).Execute();
            return gone;
        },
        cancellation);

    public Task<IReadOnlyList<Moment>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Moment>>(session => session.Use(Due).Add(now).Add(limit).All(StoredMoment.Read), cancellation);

    public Task<IReadOnlyList<CustomerChange>> ChangesAsync(int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<CustomerChange>>(
            session => session.Use(Changes).Add(limit).All(row => new CustomerChange(row.Long(0), row.Guid(1))), cancellation);

    public Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastHeardAsync(IReadOnlyCollection<Guid> customers, string type, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, DateTimeOffset>>(
            session =>
            {
                var heard = new Dictionary<Guid, DateTimeOffset>();
                foreach (var customer in customers)
                {
                    if (session.Use(LastHeard).Add(customer).Add(type).Number() is { } time)
                        heard[customer] = StoredForms.ToTime(time);
                }

                return heard;
            },
            cancellation);

    public Task<IReadOnlyList<string>> EmptyAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<string>>(session => session.Use(Empty).All(row => row.Text(0)), cancellation);

    public Task CommitAsync(MomentWork work, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            foreach (var told in work.Events)
                EventRows.Add(session, told);
            foreach (var move in work.Moves)
                MomentRows.Move(session, move);
            if (work.Plan is { } plan)
                MomentRows.Put(session, plan);
            foreach (var number in work.Taken)
                session.Use(Take).Add(number).Execute();
            return true;
        },
        cancellation);
}
