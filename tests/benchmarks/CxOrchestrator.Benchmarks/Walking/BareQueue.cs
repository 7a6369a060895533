using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// The limit: a claim-and-complete queue on the same PostgreSQL, by prepared statements of the driver alone, two workers, batches of 500. What it does, because a
/// queue that survives <c>kill -9</c> must: a batch is claimed under a lease, which is committed before the worker reads it; it is completed by whoever still has
/// the lease, which is a commit of its own. What it keeps, because somebody's walk through a journey can't do with less: a key in order of time, whose and which
/// walk it is, where it stands, when it is due, and the event that began it (what conditions ask about), as the product's own row holds it on its first day. The
/// worker is handed all of that. What it leaves out, in its own favour: customers, conditions, what became of each step, effects, and any index but the key's and
/// the partial one on what is due; a row that is completed is done with, and not put back for its next step.
/// </summary>
internal sealed class BareQueue(string connection) : IAsyncDisposable
{
    private const int Batch = 500;
    private const int Workers = 2;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create($"{connection};Max Auto Prepare=20;Auto Prepare Min Usages=2");

    /// <summary>Makes the table.</summary>
    public Task MakeAsync() => DoAsync("""
        create table bare_queue (
          id uuid primary key, customer_id uuid not null, journey text not null, version integer not null, step_id text not null, due_at timestamptz,
          state smallint not null, context text not null, lease_node text, lease_until timestamptz
        ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
        create index bare_queue_due on bare_queue(due_at, id) where state = 0 and lease_until is null;
        """);

    /// <summary>Rows a second.</summary>
    public async Task<double> RateAsync(int rows)
    {
        await DoAsync($"""
            truncate bare_queue;
            insert into bare_queue (id, customer_id, journey, version, step_id, due_at, state, context)
            select ('0190' || lpad(to_hex(n), 8, '0') || '7' || substr(md5(n::text), 1, 19))::uuid, gen_random_uuid(), 'updates', 1, '1', now() - interval '1 day', 0,
              '{Waiters.FirstContext}' from generate_series(1, {rows}) n;
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
                "update bare_queue set state = 1, due_at = null, lease_node = null, lease_until = null where id = any($1) and lease_node = $2", own)
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. claimed.Select(row => row.Id)] }, TextOf(node) },
            };
            if (await end.ExecuteNonQueryAsync() != claimed.Count)
                throw new InvalidOperationException("A lease was lost.");
        }
    }

    private static async Task<List<Row>> ClaimAsync(NpgsqlConnection own, string node)
    {
        await using var claim = new NpgsqlCommand(
            """
            update bare_queue set lease_node = $1, lease_until = now() + interval '1 minute'
            where id = any(array(select id from bare_queue where state = 0 and lease_until is null and due_at <= now()
              order by due_at, id limit $2 for update skip locked))
            returning id, customer_id, journey, version, step_id, due_at, context
            """, own)
        {
            Parameters = { TextOf(node), new NpgsqlParameter<int> { TypedValue = Batch } },
        };
        var claimed = new List<Row>(Batch);
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            claimed.Add(new Row(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.GetDateTime(5), reader.GetString(6)));
        }

        return claimed;
    }

    private static NpgsqlParameter TextOf(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task DoAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Row(Guid Id, Guid Customer, string Journey, int Version, string Step, DateTime Due, string Context);
}
