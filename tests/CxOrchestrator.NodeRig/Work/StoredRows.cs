using System.Data.Common;
using CxOrchestrator.NodeRig.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CxOrchestrator.NodeRig.Work;

/// <summary>The store's tables, read beside the product's own code.</summary>
public sealed class StoredRows(Fleet fleet)
{
    private const string Deliveries =
        "select d.id, d.state, d.reason, d.handed_over_at, d.lease_node, p.address from deliveries d left join contact_points p on p.customer_id = d.customer_id and p.channel = 0";

    private const string UnderWay =
        "select (select count(*) from deliveries where state in (0, 1, 2, 5)), (select count(*) from events where not processed),"
        + " (select count(*) from write_backs where state = 0), (select count(*) from enrolments where state = 0)";

    /// <summary>All rows of the contact ledger.</summary>
    public Task<IReadOnlyList<LedgerRow>> DeliveriesAsync() => ReadAsync(
        Deliveries, row => new LedgerRow(Key(row.GetValue(0)), Convert.ToInt32(row.GetValue(1), null), row.GetString(2), Time(row.GetValue(3)), Text(row, 4), Text(row, 5) ?? ""));

    /// <summary>Keys of write-backs of messages, with their state.</summary>
    public Task<IReadOnlyList<(string Key, int State)>> WriteBacksAsync() => ReadAsync(
        "select key, state from write_backs where key like 'message/%'", row => (row.GetString(0)["message/".Length..], Convert.ToInt32(row.GetValue(1), null)));

    /// <summary>Ids of events of a source, with whether they are decided on.</summary>
    public Task<IReadOnlyList<(string Id, bool Processed)>> EventsAsync(string source) => ReadAsync(
        $"select source_id, processed from events where source = '{source}'", row => (row.GetString(0), Convert.ToBoolean(row.GetValue(1), null)));

    /// <summary>What is still to be done.</summary>
    public async Task<WorkLeft> LeftAsync() => (await ReadAsync(UnderWay, row => new WorkLeft(Number(row, 0), Number(row, 1), Number(row, 2), Number(row, 3))))[0];

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = Connection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private DbConnection Connection() => fleet.Options.Database is { } database
        ? new NpgsqlConnection(database + ";Pooling=false;Include Error Detail=true")
        : new SqliteConnection($"Data Source={fleet.SqliteFile};Mode=ReadOnly;Pooling=False");

    private static string Key(object value) => (value is Guid key ? key : new Guid((byte[])value, bigEndian: true)).ToString("N");

    private static DateTimeOffset? Time(object value) => value switch
    {
        DateTime time => new DateTimeOffset(time, TimeSpan.Zero),
        long microseconds => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
        _ => null,
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), null);
}
