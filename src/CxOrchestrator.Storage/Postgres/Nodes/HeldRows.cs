using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// The rows that nodes hold, whatever they are: freed for nodes that are gone. What another transaction has locked is passed over, for it may hang on a
/// connection that nobody has found to be dead.
/// </summary>
internal static class HeldRows
{
    /// <summary>Values of each: nodes.</summary>
    public const string FreeEvents = """
        update events set lease_node = null, lease_until = null
        where id = any(array(select id from events where lease_until is not null and lease_node = any($1) for update skip locked))
        """;

    public const string FreeEnrolments = """
        update enrolments set lease_node = null, lease_until = null
        where id = any(array(select id from enrolments where lease_until is not null and lease_node = any($1) for update skip locked))
        """;

    public const string FreeCases = """
        update cases set lease_node = null, lease_until = null
        where id = any(array(select id from cases where lease_until is not null and lease_node = any($1) for update skip locked))
        """;

    public const string FreeWriteBacks = """
        update write_backs set lease_node = null, lease_until = null
        where id = any(array(select id from write_backs where lease_until is not null and lease_node = any($1) for update skip locked))
        """;

    public const string FreeErrands = """
        update errands set lease_node = null, lease_until = null
        where key = any(array(select key from errands where lease_until is not null and lease_node = any($1) for update skip locked))
        """;

    public const string FreeTurns = """
        update turns set lease_until = null
        where name = any(array(select name from turns where lease_until is not null and node = any($1) for update skip locked))
        """;

    /// <summary>A ledger row keeps its node and a lease that ended long ago: recovery must still see whether it had been handed over.</summary>
    public const string EndDeliveries = """
        update deliveries set lease_until = '1970-01-01T00:00:00Z'
        where id = any(array(
          select id from deliveries
          where state in (1, 2) and lease_node = any($1) and lease_until > '1970-01-01T00:00:00Z' for update skip locked))
        """;

    private const string EndLetters = """
        update deliveries set lease_until = '1970-01-01T00:00:00Z'
        where id = any(array(
          select id from deliveries
          where state in (1, 2) and waits_for = 0 and lease_node = any($1) and lease_until > '1970-01-01T00:00:00Z' for update skip locked))
        """;

    private const string EndTexts = """
        update deliveries set lease_until = '1970-01-01T00:00:00Z'
        where id = any(array(
          select id from deliveries
          where state in (1, 2) and waits_for = 1 and lease_node = any($1) and lease_until > '1970-01-01T00:00:00Z' for update skip locked))
        """;

    /// <summary>Whether ledger rows wait for the recovery.</summary>
    public const string Owed = "select exists (select 1 from deliveries where state in (1, 2) and lease_until <= clock_timestamp())";

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

    /// <summary>The statement that frees rows of a kind.</summary>
    public static string Free(HeldWork kind) => kind switch
    {
        HeldWork.Events => FreeEvents,
        HeldWork.Enrolments => FreeEnrolments,
        HeldWork.Deliveries => EndLetters,
        HeldWork.Texts => EndTexts,
        HeldWork.Cases => FreeCases,
        HeldWork.WriteBacks => FreeWriteBacks,
        HeldWork.Errands => FreeErrands,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static async Task FreeAsync(PgSession session, IReadOnlyCollection<string> nodes)
    {
        foreach (var free in new[] { FreeEvents, FreeEnrolments, FreeCases, FreeWriteBacks, FreeErrands, FreeTurns, EndDeliveries })
            await session.Use(free).Add(nodes).ExecuteAsync();
    }
}
