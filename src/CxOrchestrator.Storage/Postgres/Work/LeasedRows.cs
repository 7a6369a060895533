using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Tables whose work is taken under a lease: a free row has no lease, and an ended lease is taken off before others claim. Rows that another node
/// takes at this moment are passed over, not waited for. The keys are found first and stand as an array: the planner then goes to each row by its
/// key, whatever it believes about how many there are.
/// </summary>
internal static class LeasedRows
{
    public const string FreeEvents = """
        update events set lease_node = null, lease_until = null
        from unnest(array(select id from events where lease_until <= $1 for update skip locked)) ended(key) where id = ended.key
        """;

    public const string FreeEnrolments = """
        update enrolments set lease_node = null, lease_until = null
        where id = any(array(select id from enrolments where lease_until <= $1 for update skip locked))
        """;

    public const string FreeCases = """
        update cases set lease_node = null, lease_until = null
        where id = any(array(select id from cases where lease_until <= $1 for update skip locked))
        """;

    public const string FreeWriteBacks = """
        update write_backs set lease_node = null, lease_until = null
        where id = any(array(select id from write_backs where lease_until <= $1 for update skip locked))
        """;

    public const string FreeErrands = """
        update errands set lease_node = null, lease_until = null
        where key = any(array(select key from errands where lease_until <= $1 for update skip locked))
        """;

    /// <summary>Takes off ended leases, then runs the claim, whose values are the node, the end of the lease, the limit and (for work with a due time) now.</summary>
    public static async Task<List<T>> ClaimAsync<T>(
        PgSession session, string free, string claim, Lease lease, DateTimeOffset? now, int limit, Func<PgRow, T> read)
    {
        await session.Use(free).Add(lease.Now).ExecuteAsync();
        var statement = session.Use(claim).Add(lease.Node).Add(lease.Until).Add(limit);
        if (now is { } due)
            statement.Add(due);
        return await statement.AllAsync(read);
    }
}
