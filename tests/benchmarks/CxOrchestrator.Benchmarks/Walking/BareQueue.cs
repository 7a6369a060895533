using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// The limit: rows claimed and ended on the same PostgreSQL by two workers in batches of 500, with nothing in the rows but what a queue needs and a
/// partial index on what is due, by prepared statements of the driver alone.
/// </summary>
internal sealed class BareQueue(string connection) : IAsyncDisposable
{
    private const int Batch = 500;
    private const int Workers = 2;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create($"{connection};Max Auto Prepare=20;Auto Prepare Min Usages=2");

    /// <summary>Makes the table.</summary>
    public Task MakeAsync() => DoAsync("""
        create table bare_queue (
          id bigint primary key, due_at timestamptz, state smallint not null, payload text not null, lease_node text, lease_until timestamptz
        ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
        create index bare_queue_due on bare_queue(due_at, id) where state = 0 and lease_until is null;
        """);

    /// <summary>Rows a second.</summary>
    public async Task<double> RateAsync(int rows)
    {
        await DoAsync($"""
            truncate bare_queue;
            insert into bare_queue (id, due_at, state, payload) select n, now() - interval '1 day', 0, repeat('x', 100) from generate_series(1, {rows}) n;
            analyze bare_queue;
            """);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync($"node-{worker}"))));
        return rows / watch.Elapsed.TotalSeconds;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task WorkAsync(string node)
    {
        await using var own = await _source.OpenConnectionAsync();
        while (await ClaimAsync(own, node) is { Count: > 0 } claimed)
        {
            await using var end = new NpgsqlCommand(
                "update bare_queue set state = 1, due_at = null, lease_node = null, lease_until = null where id = any($1)", own)
            {
                Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. claimed] } },
            };
            await end.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<long>> ClaimAsync(NpgsqlConnection own, string node)
    {
        await using var claim = new NpgsqlCommand(
            """
            update bare_queue set lease_node = $1, lease_until = now() + interval '1 minute'
            where id = any(array(select id from bare_queue where state = 0 and lease_until is null and due_at <= now()
              order by due_at, id limit $2 for update skip locked))
            returning id, payload
            """, own)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = node, NpgsqlDbType = NpgsqlDbType.Text }, new NpgsqlParameter<int> { TypedValue = Batch } },
        };
        var claimed = new List<long>(Batch);
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            claimed.Add(reader.GetInt64(0));
        return claimed;
    }

    private async Task DoAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
