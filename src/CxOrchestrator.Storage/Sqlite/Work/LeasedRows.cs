using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>
/// Tables whose work is taken under a lease: a free row has no lease, and an ended lease is taken off before others claim. Claims name
/// their index: SQLite, which keeps no statistics here, would choose the one by state for some of them and sort all that is due.
/// </summary>
internal static class LeasedRows
{
    /// <summary>Frees events whose lease has ended.</summary>
    public const string FreeEvents = "update events set lease_node = null, lease_until = null where lease_until <= ?";

    /// <summary>Frees enrolments whose lease has ended.</summary>
    public const string FreeEnrolments = "update enrolments set lease_node = null, lease_until = null where lease_until <= ?";

    /// <summary>Frees cases whose lease has ended.</summary>
    public const string FreeCases = "update cases set lease_node = null, lease_until = null where lease_until <= ?";

    /// <summary>Frees write-backs whose lease has ended.</summary>
    public const string FreeWriteBacks = "update write_backs set lease_node = null, lease_until = null where lease_until <= ?";

    /// <summary>Frees errands whose lease has ended.</summary>
    public const string FreeErrands = "update errands set lease_node = null, lease_until = null where lease_until <= ?";

    /// <summary>
    /// Claims in one transaction of the writer, so that nobody else sees the rows free: takes off ended leases, then runs the claim, whose
    /// values are the node, the end of the lease, (for work with a due time) now, and the limit.
    /// </summary>
    public static List<T> Claim<T>(
        SqliteSession session, string free, string claim, Lease lease, DateTimeOffset? now, int limit, Func<Statement, T> read)
    {
        session.Use(free).Add(lease.Now).Execute();
        var statement = session.Use(claim).Add(lease.Node).Add(lease.Until);
        if (now is { } due)
            statement.Add(due);
        return statement.Add(limit).All(read);
    }
}
