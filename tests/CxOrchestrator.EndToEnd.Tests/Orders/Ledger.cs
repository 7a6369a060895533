using Microsoft.Data.Sqlite;

namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>The contact ledger as it lies in the file, read beside the product's own code.</summary>
internal sealed class Ledger
{
    private Ledger(IReadOnlyDictionary<string, LedgerRow> rows) => Rows = rows;

    /// <summary>Rows by key.</summary>
    public IReadOnlyDictionary<string, LedgerRow> Rows { get; }

    public static async Task<Ledger> ReadAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "cxo.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select lower(hex(d.id)), d.state, d.message, e.source_id, e.subject, lower(hex(d.customer_id))
            from deliveries d join enrolments n on n.id = d.enrolment_id join events e on e.id = n.event_id
            """;
        var rows = new Dictionary<string, LedgerRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(0)] = new LedgerRow(
                reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
        }

        return new Ledger(rows);
    }
}

/// <summary>A delivery, the order that it goes back to, and the person.</summary>
internal sealed record LedgerRow(string Key, int State, string Message, string Order, string Person, string Customer)
{
    private const int HandedOverState = 2;
    private const int AcceptedState = 3;
    private const int UnknownState = 6;

    public bool HandedOver => State == HandedOverState;

    public bool Accepted => State == AcceptedState;

    public bool Unknown => State == UnknownState;
}
