using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IEnrolmentStore"/>
internal sealed class SqliteEnrolmentStore(SqliteDatabase database) : IEnrolmentStore
{
    /// <summary>Values: node, end of lease, lane, now, limit.</summary>
    public const string ClaimDue = $"""
        update enrolments set lease_node = ?, lease_until = ?
        where id in (
          select id from enrolments indexed by enrolments_due
          where state = 0 and due_at is not null and lease_until is null and lane = ? and due_at <= ?
          order by due_at, id limit ?)
        returning {StoredEnrolment.Columns}
        """;

    public const string Active = $"select {StoredEnrolment.Columns} from enrolments where customer_id = ? and state = 0 order by id";

    /// <summary>Values: lane.</summary>
    public const string NextFree =
        "select min(due_at) from enrolments where state = 0 and due_at is not null and lease_until is null and lane = ?";

    public const string NextLeased = "select min(due_at) from enrolments where state = 0 and lease_until is not null";

    private static readonly Lane[] Lanes = [Lane.Service, Lane.Personal, Lane.Bulk];

    private const string Get = $"select {StoredEnrolment.Columns} from enrolments where id = ?";

    private const string Count = """
        select journey, version, step_id, state, count(*) from enrolments
        group by journey, version, step_id, state order by journey, version, step_id, state
        """;

    /// <summary>Claims lane by lane, in this order, until the limit is reached.</summary>
    public static List<Enrolment> Claim(SqliteSession session, Lease lease, DateTimeOffset now, IReadOnlyList<Lane> lanes, int limit)
    {
        session.Use(LeasedRows.FreeEnrolments).Add(lease.Now).Execute();
        var all = new List<Enrolment>();
        foreach (var lane in lanes)
        {
            var claimed = session.Use(ClaimDue).Add(lease.Node).Add(lease.Until).Add(lane).Add(now).Add((long)(limit - all.Count)).All(StoredEnrolment.Read);
            all.AddRange(claimed.OrderBy(one => one.DueAt).ThenBy(one => one.Id, InOrderOfTime.Keys));
            if (all.Count >= limit)
                break;
        }

        return all;
    }

    public Task<IReadOnlyList<Enrolment>> ActiveAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Enrolment>>(
            session => [.. customerIds.Distinct().SelectMany(id => session.Use(Active).Add(id).All(StoredEnrolment.Read))], cancellation);

    public Task<IReadOnlyDictionary<Guid, Enrolment>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<Guid, Enrolment>>(
            session => ids.Distinct()
                .Select(id => session.Use(Get).Add(id).First(StoredEnrolment.Read))
                .OfType<Enrolment>()
                .ToDictionary(found => found.Id),
            cancellation);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) =>
        database.ReadAsync(
            session =>
            {
                // The least of nothing is null, and of the others null is left out.
                long?[] earliest = [.. Lanes.Select(lane => session.Use(NextFree).Add(lane).Number()), session.Use(NextLeased).Number()];
                return earliest.Min() is { } next ? StoredForms.ToTime(next) : (DateTimeOffset?)null;
            },
            cancellation);

    public Task<IReadOnlyList<EnrolmentCount>> CountAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<EnrolmentCount>>(
            session => session.Use(Count).All(row =>
                new EnrolmentCount(row.Text(0), row.Int(1), row.Text(2), (EnrolmentState)row.Int(3), row.Long(4))),
            cancellation);
}
