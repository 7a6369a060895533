using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IEnrolmentStore"/>
internal sealed class PgEnrolmentStore(PgDatabase database) : IEnrolmentStore
{
    /// <summary>
    /// Rows to be walked, locked for as long as the transaction lasts; values: three lanes, limit, now, from where each lane is looked through
    /// (<see cref="DueFloors"/>). Rows that another node walks are passed over. A claim that wrote who has them would cost as much as the walk's own move.
    /// </summary>
    public const string TakeDue = $"""
        with first as materialized (
          select {StoredEnrolment.Columns} from enrolments where state = 0 and due_at is not null and lease_until is null and lane = $1 and due_at >= $6 and due_at <= $5
          order by due_at, id limit $4 for update skip locked),
        second as materialized (
          select {StoredEnrolment.Columns} from enrolments where state = 0 and due_at is not null and lease_until is null and lane = $2 and due_at >= $7 and due_at <= $5
          order by due_at, id limit $4 - (select count(*) from first) for update skip locked),
        third as materialized (
          select {StoredEnrolment.Columns} from enrolments where state = 0 and due_at is not null and lease_until is null and lane = $3 and due_at >= $8 and due_at <= $5
          order by due_at, id limit $4 - (select count(*) from first) - (select count(*) from second) for update skip locked)
        select * from first union all select * from second union all select * from third
        """;

    // Put in order by us: to spare itself a sort, a planner that believes the table to be short would walk all keys in their order.
    public const string Active = $"select {StoredEnrolment.Columns} from enrolments where customer_id = any($1) and state = 0";

    // The least of nothing is null, and of the others null is left out.
    public const string NextDue = """
        select least(
          (select min(due_at) from enrolments where state = 0 and due_at is not null and lease_until is null and lane = 0),
          (select min(due_at) from enrolments where state = 0 and due_at is not null and lease_until is null and lane = 1),
          (select min(due_at) from enrolments where state = 0 and due_at is not null and lease_until is null and lane = 2),
          (select min(due_at) from enrolments where state = 0 and lease_until is not null))
        """;

    private const string Get = $"select {StoredEnrolment.Columns}, told from enrolments where id = any($1)";

    private const string Count = """
        select journey, version, step_id, state, count(*) from enrolments
        group by journey, version, step_id, state order by journey, version, step_id, state
        """;

    public Task<IReadOnlyList<Enrolment>> ActiveAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Enrolment>>(
            async session => [.. (await session.Use(Active).Add(customerIds.Distinct()).AllAsync(StoredEnrolment.ReadEnd)).OrderBy(one => one.Id, InOrderOfTime.Keys)],
            cancellation);

    public Task<IReadOnlyDictionary<Guid, Enrolment>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, Enrolment>>(
            async session => (await session.Use(Get).Add(ids).AllAsync(Whole)).ToDictionary(found => found.Id), cancellation);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) =>
        database.ReadAsync(async session => (await session.Use(NextDue).AllAsync(row => row.TimeOrNull(0))).FirstOrDefault(), cancellation);

    public Task<IReadOnlyList<EnrolmentCount>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<EnrolmentCount>>(
            async session => await session.Use(Count).AllAsync(row =>
                new EnrolmentCount(row.Text(0), row.Int(1), row.Text(2), (EnrolmentState)row.Int(3), row.Long(4))),
            cancellation);

    private static Enrolment Whole(PgRow row) => StoredEnrolment.ReadWhole(row, StoredEnrolment.ColumnCount);
}
