using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>write_backs</c>.</summary>
internal static class WriteBackRows
{
    /// <summary>
    /// The first of the customer's that wait is free, the others are not; values: the customer, twice. Left alone, SQLite looks for
    /// the first among all that wait, whoever's they are.
    /// </summary>
    public const string SetBlocked = """
        update write_backs indexed by write_backs_waiting set blocked = not blocked
        where customer_id = ? and state = 0
          and blocked = (id = (select min(id) from write_backs indexed by write_backs_waiting where customer_id = ? and state = 0))
        """;

    private const string Insert = $"""
        insert into write_backs ({StoredWriteBack.Columns}, blocked) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    /// <summary>The first of the customer's that wait; values: the customer.</summary>
    public const string FirstWaiting = "select id from write_backs indexed by write_backs_waiting where customer_id = ? and state = 0 order by id limit 1";

    // "Written" is taken even after another node has given up: it stands in the CRM.
    private const string Change = """
        update write_backs set state = ?, due_at = ?, attempts = ?, reason = ?, connection = ?, crm_id = ?, lease_node = null, lease_until = null
        where id = ? and (state = 0 or (state in (2, 3) and ? = 1))
        """;

    // It gets all its tries again, or the first failure would end it.
    private const string SetWaiting = """
        update write_backs set state = 0, due_at = ?, attempts = 0, blocked = 1, reason = 'replayed' where id = ? and state = 2 returning customer_id
        """;

    /// <summary>Values: reason, key.</summary>
    public const string Discard = "update write_backs set state = 3, reason = ? || '; it died of: ' || reason where id = ? and state = 2";

    /// <summary>Stores a write-back. Nearly always it is the customer's only one, or the last: the others need not be looked at again then.</summary>
    public static void Add(SqliteSession session, WriteBack added)
    {
        var first = First(session, added.CustomerId);
        var alone = added.State == WriteBackState.Waiting && first is null;
        session.Use(Insert)
            .Add(added.Id).Add(added.CustomerId).Add(added.Key).Add(added.Kind).Add(added.Title).Add(added.Values).Add(added.At)
            .Add(added.State).Add(StoredWriteBack.DueAt(added)).Add(added.Attempts).Add(added.Reason).Add(added.Connection).Add(added.CrmId)
            .Add(added.EnrolmentId).Add(!alone)
            .Execute();
        if (first is { } known && InOrderOfTime.Keys.Compare(added.Id, known) <= 0)
            Unblock(session, added.CustomerId);
    }

    public static void Complete(SqliteSession session, WriteBack outcome)
    {
        session.Use(Change)
            .Add(outcome.State).Add(StoredWriteBack.DueAt(outcome)).Add(outcome.Attempts).Add(outcome.Reason)
            .Add(outcome.Connection).Add(outcome.CrmId).Add(outcome.Id).Add(outcome.State)
            .Execute();
        Unblock(session, outcome.CustomerId);
    }

    public static bool Replay(SqliteSession session, Guid id, DateTimeOffset now)
    {
        var customers = session.Use(SetWaiting).Add(now).Add(id).All(row => row.Guid(0));
        customers.ForEach(customer => Unblock(session, customer));
        return customers.Count == 1;
    }

    private static Guid? First(SqliteSession session, Guid customer)
    {
        using var waiting = session.Use(FirstWaiting).Add(customer);
        return waiting.Step() ? waiting.Guid(0) : null;
    }

    private static void Unblock(SqliteSession session, Guid customer) =>
        session.Use(SetBlocked).Add(customer).Add(customer).Execute();
}
