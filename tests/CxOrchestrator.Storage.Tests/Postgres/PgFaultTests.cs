using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Postgres;
using CxOrchestrator.TestKit;
using Npgsql;

namespace CxOrchestrator.Storage.Tests.Postgres;

public sealed class PgFaultTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [SkippableFact]
    public async Task Work_whose_connection_is_cut_is_stored_as_a_whole_or_not_at_all()
    {
        await using var store = await PgStores.OpenAsync();
        await using var database = new PgDatabase($"{PgStores.ConnectionOf(store)};Application Name=to-be-cut");
        var told = Some.Event();

        var fault = await Assert.ThrowsAsync<StorageException>(() => database.WriteAsync(
            async session =>
            {
                await EventRows.AddAsync(session, [told]);
                await PgStores.DoAsync(
                    PgStores.ConnectionOf(store), "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'to-be-cut'");
                return await EventRows.AddAsync(session, [Some.Event()]);
            },
            Go));

        Assert.Contains("comes again", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await store.Events.CountAsync(Go)).Stored);
        Assert.True(await database.WriteAsync(async session => (await EventRows.AddAsync(session, [told])).Single(), Go));
    }

    [SkippableFact]
    public async Task A_deadlock_is_done_again_and_both_are_stored()
    {
        await using var store = await PgStores.OpenAsync();
        await using var database = new PgDatabase(PgStores.ConnectionOf(store));
        await store.Marks.WriteAsync("a", "0", Go);
        await store.Marks.WriteAsync("b", "0", Go);
        using var both = new Barrier(2);
        var tries = 0;

        await Task.WhenAll(ChangeAsync("a", "b"), ChangeAsync("b", "a"));

        Assert.Equal("2", await store.Marks.ReadAsync("a", Go));
        Assert.Equal("2", await store.Marks.ReadAsync("b", Go));
        Assert.Equal(3, tries);

        Task<int> ChangeAsync(string first, string second) => Task.Run(() => database.WriteAsync(
            async session =>
            {
                await RaiseAsync(session, first);
                // Both hold their first row before either asks for the second; the one that is done again finds the other gone.
                if (Interlocked.Increment(ref tries) <= 2)
                    both.SignalAndWait(TimeSpan.FromSeconds(30));
                return await RaiseAsync(session, second);
            },
            Go));

        static Task<int> RaiseAsync(PgSession session, string name) =>
            session.Use("update marks set value = (value::int + 1)::text where name = $1").Add(name).ExecuteAsync();
    }

    [Theory]
    [InlineData("Host=db;Database=cxo;Maximum Pool Size=7", "at least 8 are needed")]
    [InlineData("Host=db;Database=cxo;Maximum Pool Size=8", null)]
    public void A_pool_that_a_walk_could_use_up_is_refused(string connection, string? expected) =>
        Assert.True(StorageRegistration.FaultOfConnection(connection) is var fault && (expected is null ? fault is null : fault!.Contains(expected, StringComparison.Ordinal)), fault);

    [SkippableTheory]
    [InlineData("Host=127.0.0.1;Port=1;Database=secret-db;Username=secret-user;Password=secret-pw", "nobody listens there")]
    [InlineData("Host=/tmp/secret-host;Database=secret-db;Username=secret-user;Password=secret-pw", "can't be reached")]
    public async Task A_server_that_is_not_there_is_told_without_anything_of_the_connection(string connection, string expected)
    {
        await using var store = PgStores.Open(connection);

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_told_with_what_to_do()
    {
        var there = new NpgsqlConnectionStringBuilder(await PgStores.NewSchemaAsync()) { Database = "secret_database" };
        await using var store = PgStores.Open(there.ConnectionString);

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go));

        Assert.Contains("no such database. Create it", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_lock_that_is_held_too_long_is_told_in_time()
    {
        await using var store = await PgStores.OpenAsync();
        await using var database = new PgDatabase($"{PgStores.ConnectionOf(store)};Command Timeout=1");
        await using var blocker = NpgsqlDataSource.Create(PgStores.ConnectionOf(store));
        await using var held = await blocker.OpenConnectionAsync();
        await using var transaction = await held.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table marks in access exclusive mode", held))
            await command.ExecuteNonQueryAsync();

        var fault = await Assert.ThrowsAsync<StorageException>(() => database.WriteAsync(
            session => session.Use("insert into marks (name, value) values ('a', 'b')").ExecuteAsync(), Go));

        Assert.Contains("it didn't answer in time", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_starting_is_asked_by_one_at_a_time_and_all_are_told()
    {
        var time = new ManualTimeProvider();
        using var starting = new StartingServer();
        await using var database = new PgDatabase(starting.Connection, time);

        await RefusedAsync(1);
        Assert.Equal(1, starting.Asked);
        await RefusedAsync(50);
        Assert.Equal(1, starting.Asked);
        time.Advance(TimeSpan.FromMilliseconds(250));
        await RefusedAsync(50);
        Assert.Equal(2, starting.Asked);

        async Task RefusedAsync(int callers)
        {
            var calls = Enumerable.Range(0, callers).Select(_ => database.ReadAsync(session => session.Use("select 1").ExecuteAsync(), Go)).ToList();
            foreach (var call in calls)
            {
                var fault = await Assert.ThrowsAsync<StorageException>(() => call);
                Assert.Contains("shutting down or starting", fault.Message, StringComparison.Ordinal);
                Assert.True(fault.IsAway);
            }
        }
    }

    [Fact]
    public void A_server_that_is_back_is_asked_by_everybody()
    {
        var door = new ServerDoor(new ManualTimeProvider());
        door.Refused(new IOException("not now"));
        Assert.Equal("not now", door.Refusal()?.Message);

        door.Opened();

        Assert.Null(door.Refusal());
        Assert.Null(door.Refusal());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with \0 within")]
    [InlineData("\uE000 \uE0000 \uE0001 \0")]
    [InlineData("")]
    public void Text_comes_back_as_it_was_stored(string text)
    {
        var stored = PgText.ToStored(text);

        Assert.DoesNotContain('\0', stored);
        Assert.Equal(text, PgText.FromStored(stored));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.Equal("a\uFFFDb 😠", PgText.ToStored("a\uD83Db 😠"));
}
