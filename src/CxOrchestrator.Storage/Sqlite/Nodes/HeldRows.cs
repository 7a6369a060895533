using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>The rows that nodes hold, whatever they are.</summary>
internal static class HeldRows
{
    /// <summary>A ledger row keeps its node and a lease that ended long ago: recovery must still see whether it had been handed over.</summary>
    public const string EndDeliveries = "update deliveries set lease_until = 0 where state in (1, 2)";

    /// <summary>How many ledger rows wait for the recovery; values: now.</summary>
    public const string Owed = "select count(*) from deliveries where state in (1, 2) and lease_until <= ?";

    /// <summary>How many of each, by node.</summary>
    public const string Count = """
        select lease_node, 'events', count(*) from events where lease_until is not null group by lease_node
        union all select lease_node, 'enrolments', count(*) from enrolments where lease_until is not null group by lease_node
        union all select lease_node, 'deliveries', count(*) from deliveries where state in (1, 2) group by lease_node
        union all select lease_node, 'cases', count(*) from cases where lease_until is not null group by lease_node
        union all select lease_node, 'writeBacks', count(*) from write_backs where lease_until is not null group by lease_node
        union all select lease_node, 'errands', count(*) from errands where lease_until is not null group by lease_node
        union all select node, 'turns', count(*) from turns where lease_until is not null group by node
        """;

    /// <summary>The statement that frees rows of a kind; values: node.</summary>
    public static string Free(HeldWork kind) => kind switch
    {
        HeldWork.Events => "update events set lease_node = null, lease_until = null where lease_until is not null and lease_node = ?",
        HeldWork.Enrolments => "update enrolments set lease_node = null, lease_until = null where lease_until is not null and lease_node = ?",
        HeldWork.Deliveries => EndDeliveries + " and waits_for = 0 and lease_node = ?",
        HeldWork.Texts => EndDeliveries + " and waits_for = 1 and lease_node = ?",
        HeldWork.Cases => "update cases set lease_node = null, lease_until = null where lease_until is not null and lease_node = ?",
        HeldWork.WriteBacks => "update write_backs set lease_node = null, lease_until = null where lease_until is not null and lease_node = ?",
        HeldWork.Errands => "update errands set lease_node = null, lease_until = null where lease_until is not null and lease_node = ?",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Frees them all: one process alone runs on a file.</summary>
    public static void FreeAll(SqliteSession session)
    {
        foreach (var free in new[]
                 {
                     LeasedRows.FreeEvents, LeasedRows.FreeEnrolments, LeasedRows.FreeCases, LeasedRows.FreeWriteBacks, LeasedRows.FreeErrands,
                 })
            session.Use(free).Add(long.MaxValue).Execute();
        session.Use(EndDeliveries).Execute();
        session.Use("update turns set lease_until = null where lease_until is not null").Execute();
    }
}
