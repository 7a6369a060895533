using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Rows of <c>write_backs</c>. A customer's are written in order: the first that waits is free, the others are blocked. Whoever adds or ends one takes
/// the customer's turn first, so that the next look at them sees all that others have committed.
/// </summary>
internal static class WriteBackRows
{
    public static readonly RowSet<WriteBack> WriteBacks = new RowSet<WriteBack>()
        .Key("id", one => one.Id).Key("customer_id", one => one.CustomerId).Text("key", one => one.Key).Enum("kind", one => one.Kind)
        .Text("title", one => one.Title).Text("\"values\"", one => StoredForms.ToText(one.Values)).Time("at", one => one.At)
        .Enum("state", one => one.State).Time("due_at", StoredWriteBack.DueAt).Number("attempts", one => one.Attempts)
        .Text("reason", one => one.Reason).Text("connection", one => one.Connection).Text("crm_id", one => one.CrmId)
        .KeyOrNull("enrolment_id", one => one.EnrolmentId);

    private static readonly RowSet<(WriteBack Row, bool Blocked)> Added =
        WriteBacks.Within<(WriteBack Row, bool Blocked)>(one => one.Row).Flag("blocked", one => one.Blocked);

    private static readonly string Insert = Added.InsertInto("write_backs");

    private static readonly RowSet<WriteBack> Outcomes = new RowSet<WriteBack>()
        .Key("id", one => one.Id).Enum("state", one => one.State).Time("due_at", StoredWriteBack.DueAt).Number("attempts", one => one.Attempts)
        .Text("reason", one => one.Reason).Text("connection", one => one.Connection).Text("crm_id", one => one.CrmId);

    // "Written" is taken even after another node has given up: it stands in the CRM. What is written leaves the state behind, and its old place in the index of
    // states until the next vacuum, so the planner takes those that wait for few: it must not see that the state is a column's.
    /// <summary>Values: outcomes.</summary>
    public static readonly string Change = $"""
        update write_backs w set state = v.state, due_at = v.due_at, attempts = v.attempts, reason = v.reason, connection = v.connection,
          crm_id = v.crm_id, lease_node = null, lease_until = null
        from {Outcomes.Table} where w.id = v.id and (w.state + 0 = 0 or (w.state + 0 in (2, 3) and v.state = 1))
        """;

    // It gets all its tries again, or the first failure would end it.
    private const string SetWaiting = """
        update write_backs set state = 0, due_at = $2, attempts = 0, blocked = true, reason = 'replayed' where id = $1 and state = 2
        """;

    /// <summary>Values: key, reason. It waits for no turn: none is taken from the customer's other ones.</summary>
    public const string Discard = "update write_backs set state = 3, reason = $2 || '; it died of: ' || reason where id = $1 and state = 2";

    private const string CustomerOf = "select customer_id from write_backs where id = $1";

    /// <summary>
    /// Locks the turns of customers until the end of the transaction, in the order in which they are given: one order by all. A row that is there
    /// already is locked, and left as it is. Values: customers.
    /// </summary>
    public const string TakeTurns = """
        insert into write_back_turns as t (customer_id) select unnest($1::uuid[]) on conflict (customer_id) do update set customer_id = t.customer_id where false
        """;

    // A customer's history grows for years, and what waits of it is a row or none: only the index of both finds that without the rest. Its place in the order ends
    // the search at once, so that what others have ended is passed over but once. And the state is compared to a column's, of which the planner knows nothing:
    // it can't believe, in a quiet moment, that the index of states alone is as short.
    /// <summary>The first that waits of each customer of a table <c>c</c> that has <see cref="Customers"/>' columns.</summary>
    public const string FirstOfEach =
        "cross join lateral (select id, customer_id, blocked from write_backs where customer_id = c.customer_id and state = c.waits order by id limit 1) w";

    private const string Customers = "(select unnest($1::uuid[]) as customer_id, 0::smallint as waits offset 0) c";

    /// <summary>Values: customers.</summary>
    public const string FirstWaiting = $"select w.customer_id, w.id from {Customers} {FirstOfEach}";

    // The others are blocked already.
    /// <summary>Values: customers.</summary>
    public const string FreeFirst = $"update write_backs set blocked = false where id = any(array(select w.id from {Customers} {FirstOfEach} where w.blocked))";

    /// <summary>Values: customers.</summary>
    public const string SetBlocked = $"""
        update write_backs set blocked = not blocked
        where id = any(array(
          select id from (
            select w.id, w.blocked, w.id = first_value(w.id) over (partition by w.customer_id order by w.id) as first
            from {Customers} cross join lateral (
              select id, customer_id, blocked from write_backs where customer_id = c.customer_id and state = c.waits offset 0) w) waiting
          where blocked = first))
        """;

    public static async Task AddAsync(PgSession session, IReadOnlyList<WriteBack> added)
    {
        if (added.Count == 0)
            return;
        var customers = await TakeTurnsAsync(session, added.Select(one => one.CustomerId));
        var first = (await session.Use(FirstWaiting).Add(customers).AllAsync(row => (Customer: row.Guid(0), Id: row.Guid(1))))
            .ToDictionary(one => one.Customer, one => one.Id);
        var (rows, overtakes) = InTurn(added, first);
        // Nearly always that is all: none of them was there already, or goes before one that waits.
        if (await session.Use(Insert).Add(Added, rows).ExecuteAsync() != rows.Count || overtakes)
            await session.Use(SetBlocked).Add(customers).ExecuteAsync();
    }

    public static async Task CompleteAsync(PgSession session, IReadOnlyList<WriteBack> outcomes)
    {
        if (outcomes.Count == 0)
            return;
        var customers = await TakeTurnsAsync(session, outcomes.Select(one => one.CustomerId));
        foreach (var round in Rounds.Of(outcomes, one => one.Id))
            await session.Use(Change).Add(Outcomes, round).ExecuteAsync();
        await session.Use(FreeFirst).Add(customers).ExecuteAsync();
    }

    public static async Task<bool> ReplayAsync(PgSession session, Guid id, DateTimeOffset now)
    {
        var customers = await TakeTurnsAsync(session, await session.Use(CustomerOf).Add(id).AllAsync(row => row.Guid(0)));
        if (await session.Use(SetWaiting).Add(id).Add(now).ExecuteAsync() == 0)
            return false;
        await session.Use(SetBlocked).Add(customers).ExecuteAsync();
        return true;
    }

    /// <summary>Customers in the order in which their turns are taken.</summary>
    public static List<Guid> InOrder(IEnumerable<Guid> customers) => [.. customers.Distinct().Order(InOrderOfTime.Keys)];

    // Of each customer's that wait the first is free.
    private static (List<(WriteBack Row, bool Blocked)> Rows, bool Overtakes) InTurn(IReadOnlyList<WriteBack> added, Dictionary<Guid, Guid> first)
    {
        var rows = new List<(WriteBack, bool)>(added.Count);
        var overtakes = false;
        foreach (var one in added.OrderBy(one => one.Id, InOrderOfTime.Keys))
        {
            var waits = one.State == WriteBackState.Waiting;
            var free = waits && first.TryAdd(one.CustomerId, one.Id);
            overtakes |= waits && !free && InOrderOfTime.Keys.Compare(one.Id, first[one.CustomerId]) < 0;
            rows.Add((one, !free));
        }

        return (rows, overtakes);
    }

    private static async Task<List<Guid>> TakeTurnsAsync(PgSession session, IEnumerable<Guid> customers)
    {
        var all = InOrder(customers);
        await session.Use(TakeTurns).Add(all).ExecuteAsync();
        return all;
    }
}
