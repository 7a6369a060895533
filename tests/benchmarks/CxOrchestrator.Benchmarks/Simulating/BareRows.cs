using System.Diagnostics;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Simulating;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Benchmarks.Simulating;

/// <summary>
/// The limit: for each message a row that is planned, claimed, handed over and accepted, as a ledger of at most one message a step can't do without, in one
/// transaction for each of the four and each time at which messages went; nothing is read, decided or written to anybody.
/// </summary>
internal static class BareRows
{
    private const string Table = """
        pragma journal_mode = wal; pragma synchronous = off;
        create table rows (id integer primary key, customer blob, step text, state integer, due integer, why text);
        create index rows_due on rows(due, id) where state in (0, 5);
        create index rows_by_customer on rows(customer);
        """;

    /// <summary>How long they take.</summary>
    public static TimeSpan Write(string folder, SimulationBook book)
    {
        var file = Path.Combine(folder, "bare.db");
        File.Delete(file);
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, Table);
        var watch = Stopwatch.StartNew();
        var id = 0L;
        foreach (var look in book.Sends.GroupBy(send => send.At))
        {
            var first = id + 1;
            Together(connection, "insert into rows values ($id, $customer, $step, 0, $due, 'planned')", look.Select(send => (++id, (SimulatedSend?)send)));
            for (var state = 1; state <= 3; state++)
                Together(connection, $"update rows set state = {state}, due = null, why = 'moved' where id = $id", Enumerable.Range(0, (int)(id - first + 1)).Select(place => (first + place, (SimulatedSend?)null)));
        }

        return watch.Elapsed;
    }

    private static void Together(SqliteConnection connection, string sql, IEnumerable<(long Id, SimulatedSend? Send)> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        var inserts = sql.StartsWith("insert", StringComparison.Ordinal);
        var (customer, step, due) = inserts
            ? (command.Parameters.Add("$customer", SqliteType.Blob), command.Parameters.Add("$step", SqliteType.Text), command.Parameters.Add("$due", SqliteType.Integer))
            : (null, null, null);
        foreach (var (key, send) in rows)
        {
            id.Value = key;
            if (send is not null && inserts)
                (customer!.Value, step!.Value, due!.Value) = (send.CustomerId.ToByteArray(), send.StepId, send.At.UtcTicks);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
