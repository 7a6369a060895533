using System.Data;
using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// The database: pooled connections, a transaction for each piece of work. Many write at once; unique constraints and row locks decide between them,
/// and what a deadlock or a lost race takes back is done again.
/// </summary>
internal sealed class PgDatabase : IAsyncDisposable, IDisposable
{
    // A deadlock needs two; five tries in a row lost to others mean that something else is wrong.
    private const int Tries = 5;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(40);

    // Every text of ours is right with one plan for all values, and tests hold that. A plan for the values at hand is made of how many keys there are, and with
    // many months, of which it takes each to be looked through for each key, may come to read whole tables. Compiling a plan costs more than all that it runs.
    // A plan is made when a statement is first met, of tables that may be empty then and hold a million rows an hour later: what has an index is never read
    // as a whole because it was short.
    private const string Settings = "set plan_cache_mode = force_generic_plan; set jit = off; set enable_seqscan = off";

    private readonly NpgsqlDataSource _source;
    private readonly PgFaults _faults;
    private readonly ServerDoor _door;

    /// <param name="connection">What the driver connects with.</param>
    /// <param name="time">The machine's, unless told.</param>
    /// <exception cref="StorageException">It is not a connection string.</exception>
    public PgDatabase(string connection, TimeProvider? time = null)
    {
        _door = new ServerDoor(time ?? TimeProvider.System);
        var settings = PgConnection.Read(connection);
        _faults = new PgFaults(settings);
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UsePhysicalConnectionInitializer(Settle, SettleAsync);
        _source = source.Build();
    }

    /// <summary>Which months of the ledger have a table of their own.</summary>
    public LedgerMonths LedgerMonths { get; } = new();

    /// <summary>Reads with statements that need not see the same moment.</summary>
    public async Task<T> ReadAsync<T>(Func<PgSession, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
            return await read(new PgSession(connection, cancellation)).ConfigureAwait(false);
        }
        catch (Exception fault) when (PgFaults.IsOfDatabase(fault))
        {
            throw _faults.Explain(fault);
        }
    }

    /// <summary>Reads one moment of the database with any number of statements.</summary>
    public Task<T> ReadMomentAsync<T>(Func<PgSession, Task<T>> read, CancellationToken cancellation) =>
        InTransactionAsync(IsolationLevel.RepeatableRead, read, cancellation);

    /// <summary>
    /// Does work in a transaction and gives its result after the commit has reached the disk. All or nothing of the work is stored. The work may be done
    /// again from its beginning, so it must touch nothing but the session.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<PgSession, Task<T>> work, CancellationToken cancellation) =>
        AgainAsync(() => InTransactionAsync(IsolationLevel.ReadCommitted, work, cancellation), cancellation);

    /// <summary>
    /// Does work that is one statement, or one batch, and so a transaction by itself: without the round trips of another. Everything else is as in
    /// <see cref="WriteAsync"/>.
    /// </summary>
    public Task<T> WriteAtOnceAsync<T>(Func<PgSession, Task<T>> work, CancellationToken cancellation) =>
        AgainAsync(() => AtOnceAsync(work, cancellation), cancellation);

    public void Dispose() => _source.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<T> AgainAsync<T>(Func<Task<T>> transaction, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transaction().ConfigureAwait(false);
            }
            catch (LostRaceException lost)
            {
                if (attempt == Tries)
                    throw new StorageException($"{PgFaults.Place}: {Tries} times in a row another node changed the same rows first. Nothing was stored; try again.", lost);
            }

            await Task.Delay(LongestRest * Random.Shared.NextDouble() * attempt, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    // A connection from the pool, or a new one.
    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_door.Refusal() is { } refusal)
            throw _faults.Explain(refusal);
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            _door.Opened();
            return connection;
        }
        catch (Exception fault) when (PgFaults.IsRefusal(fault))
        {
            _door.Refused(fault);
            throw;
        }
    }

    private async Task<T> AtOnceAsync<T>(Func<PgSession, Task<T>> work, CancellationToken cancellation)
    {
        // A connection from the pool comes without a look at this.
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
            // Not given up half-way: whoever cancels would not know whether it is stored.
            return await work(new PgSession(connection, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (PostgresException fault) when (PgFaults.MayBeRepeated(fault))
        {
            throw new LostRaceException();
        }
        catch (Exception fault) when (PgFaults.IsOfDatabase(fault))
        {
            throw _faults.Explain(fault);
        }
    }

    private static void Settle(NpgsqlConnection opened)
    {
        using var command = new NpgsqlCommand(Settings, opened);
        command.ExecuteNonQuery();
    }

    private static async Task SettleAsync(NpgsqlConnection opened)
    {
        await using var command = new NpgsqlCommand(Settings, opened);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task<T> InTransactionAsync<T>(IsolationLevel level, Func<PgSession, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(level, cancellation).ConfigureAwait(false);
            var result = await work(new PgSession(connection, cancellation)).ConfigureAwait(false);
            // Not given up half-way: whoever cancels would not know whether it is stored.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        }
        catch (PostgresException fault) when (PgFaults.MayBeRepeated(fault))
        {
            throw new LostRaceException();
        }
        catch (Exception fault) when (PgFaults.IsOfDatabase(fault))
        {
            throw _faults.Explain(fault);
        }
    }
}
