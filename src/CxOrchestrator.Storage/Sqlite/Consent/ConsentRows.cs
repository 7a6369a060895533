using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>consents</c> (what was ever said), <c>consents_in_force</c> and <c>suppressions</c>.</summary>
internal static class ConsentRows
{
    private const string SelectState =
        "select state from consents_in_force where customer_id = ? and channel = ? and purpose = ?";

    private const string AddHistory = """
        insert into consents (customer_id, channel, purpose, at, state, by, how) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    private const string PutInForce = """
        insert into consents_in_force (customer_id, channel, purpose, at, state, by, how) values (?, ?, ?, ?, ?, ?, ?)
        on conflict (customer_id, channel, purpose) do update
        set at = excluded.at, state = excluded.state, by = excluded.by, how = excluded.how
        where excluded.at >= consents_in_force.at
        """;

    // One that the person may take back gives way to one that nobody can.
    private const string AddSuppression = """
        insert into suppressions (address, channel, reason, at, by_choice) values (?, ?, ?, ?, ?)
        on conflict (address, channel) do update
        set reason = excluded.reason, at = max(suppressions.at, excluded.at), by_choice = excluded.by_choice
        where suppressions.by_choice = 1
        """;

    private const string EndSuppression = "delete from suppressions where address = ? and channel = ? and by_choice = 1 and at <= ?";

    /// <summary>Adds a record, which comes into force unless a newer one is.</summary>
    public static void Record(SqliteSession session, ConsentRecord record)
    {
        var state = session.Use(SelectState).Add(record.CustomerId).Add(record.Channel).Add(record.Purpose).Number();
        if (state == (long)record.State)
            return;
        // One that is in the history already has been weighed before: a repeated commit must not bring it back into force.
        if (Put(session, AddHistory, record))
            Put(session, PutInForce, record);
    }

    public static void Suppress(SqliteSession session, Suppression suppression) =>
        session.Use(AddSuppression)
            .Add(suppression.Point.Address).Add(suppression.Point.Channel).Add(suppression.Reason).Add(suppression.At)
            .Add(suppression.ByChoice ? 1 : 0)
            .Execute();

    public static void Release(SqliteSession session, Release release) =>
        session.Use(EndSuppression).Add(release.Point.Address).Add(release.Point.Channel).Add(release.At).Execute();

    public static ConsentRecord Read(Statement row) => new(
        row.Guid(0), (Channel)row.Int(1), (Purpose)row.Int(2), (ConsentState)row.Int(4), row.Text(5), row.Text(6), row.Time(3));

    private static bool Put(SqliteSession session, string sql, ConsentRecord record) =>
        session.Use(sql)
            .Add(record.CustomerId).Add(record.Channel).Add(record.Purpose).Add(record.At).Add(record.State).Add(record.By).Add(record.How)
            .Execute() == 1;
}
