using CxOrchestrator.Storage.Sqlite;
using CxOrchestrator.TestKit;
using SQLitePCL;

namespace CxOrchestrator.Storage.Tests.Sqlite;

public sealed class WriteQueueTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly ManualResetEventSlim _mayGoOn = new();

    public WriteQueueTests() => _database = new SqliteDatabase(_folder.PathOf("cxo.db"));

    public void Dispose()
    {
        _mayGoOn.Set();
        _database.Dispose();
        _mayGoOn.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Writes_that_wait_together_share_one_commit_and_each_gets_its_own_answer()
    {
        var commits = 0;
        await CreateTableAsync();
        await _database.WriteAsync(
            session =>
            {
                raw.sqlite3_commit_hook(session.Handle, _ => Interlocked.Increment(ref commits) * 0, null);
                return true;
            },
            Go);
        commits = 0;
        var first = HoldTheWriter();
        var waiting = Enumerable.Range(0, 50).Select(InsertAsync).ToList();

        _mayGoOn.Set();
        await first;

        Assert.Equal(Enumerable.Range(0, 50), await Task.WhenAll(waiting));
        // One for the write that held the others up, and one for all of them. (The first may have found some of them waiting already.)
        Assert.InRange(commits, 1, 2);
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_commit()
    {
        await CreateTableAsync();
        var answeredEarly = false;
        Task<int> first = null!;
        await _database.WriteAsync(
            session =>
            {
                raw.sqlite3_commit_hook(
                    session.Handle,
                    _ =>
                    {
                        answeredEarly |= first is { IsCompleted: true };
                        return 0;
                    },
                    null);
                return true;
            },
            Go);

        var held = HoldTheWriter();
        first = InsertAsync(1);
        _mayGoOn.Set();
        await Task.WhenAll(held, first);

        Assert.False(answeredEarly);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_write_that_fails_is_taken_back_alone()
    {
        await CreateTableAsync();
        var held = HoldTheWriter();
        var before = InsertAsync(1);
        var broken = _database.WriteAsync<int>(
            session =>
            {
                session.Use("insert into numbers values (2)").Execute();
                throw new InvalidDataException("no good");
            },
            Go);
        var after = InsertAsync(3);

        _mayGoOn.Set();
        await held;

        Assert.Equal((1, 3), (await before, await after));
        Assert.Equal("no good", (await Assert.ThrowsAsync<InvalidDataException>(() => broken)).Message);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_write_whose_caller_has_given_up_before_it_began_is_not_done()
    {
        await CreateTableAsync();
        using var cancel = new CancellationTokenSource();
        var held = HoldTheWriter();
        var given = _database.WriteAsync(session => session.Use("insert into numbers values (1)").Execute(), cancel.Token);

        await cancel.CancelAsync();
        _mayGoOn.Set();
        await held;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Closing_finishes_what_waits()
    {
        await CreateTableAsync();
        var waiting = Enumerable.Range(0, 300).Select(InsertAsync).ToList();

        _database.Dispose();

        Assert.All(waiting, write => Assert.True(write.IsCompletedSuccessfully));
        Assert.Equal(300, (await Task.WhenAll(waiting)).Length);
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer()
    {
        await CreateTableAsync();
        var held = HoldTheWriter();

        Assert.Equal(0, await CountAsync());

        _mayGoOn.Set();
        await held;
    }

    private Task<bool> CreateTableAsync() => _database.WriteAsync(
        session =>
        {
            session.Run("create table numbers (number integer)");
            return true;
        },
        Go);

    // Holds the writer inside a transaction until the test lets it go on.
    private Task<bool> HoldTheWriter() => _database.WriteAsync(
        _ =>
        {
            _mayGoOn.Wait(CancellationToken.None);
            return true;
        },
        Go);

    private Task<int> InsertAsync(int number) => _database.WriteAsync(
        session =>
        {
            session.Use("insert into numbers values (?)").Add(number).Execute();
            return number;
        },
        Go);

    private Task<long?> CountAsync() => _database.ReadAsync(session => session.Use("select count(*) from numbers").Number(), Go);
}
