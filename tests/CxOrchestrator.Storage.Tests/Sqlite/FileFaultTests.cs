using CxOrchestrator.Core;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Sqlite;
using CxOrchestrator.TestKit;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Tests.Sqlite;

/// <summary>A fault of the file names the file, what is wrong and what to do.</summary>
public sealed class FileFaultTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.PathOf("cxo.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        var file = _folder.PathOf("missing", "cxo.db");
        await using var store = SqliteStores.Open(file);

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.MigrateAsync(Go));

        Assert.Equal(
            $"{file}: the folder {_folder.PathOf("missing")} does not exist. Create it, or set Storage:File or Data:Folder to one that does.",
            fault.Message);
        Assert.False(Directory.Exists(_folder.PathOf("missing")));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(File);
        await using var store = SqliteStores.Open(File);

        Assert.Contains("is a folder", (await Assert.ThrowsAsync<StorageException>(() => store.Schema.MigrateAsync(Go))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("order_id,customer_id\n", 200)), Go);
        var before = await System.IO.File.ReadAllBytesAsync(File, Go);
        await using var store = SqliteStores.Open(File);

        foreach (var attempt in new Func<Task>[] { () => store.Schema.PendingAsync(Go), () => store.Schema.MigrateAsync(Go), () => store.Events.CountAsync(Go) })
            Assert.StartsWith($"{File}: this is not a SQLite database.", (await Assert.ThrowsAsync<StorageException>(attempt)).Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Go));
    }

    [Fact]
    public async Task A_damaged_database_is_said_to_be_damaged()
    {
        await FillAsync();
        await using (var stream = System.IO.File.OpenWrite(File))
        {
            // All but the first pages, where the schema stands.
            stream.Position = 4096 * 70;
            stream.Write(Enumerable.Repeat((byte)0xAB, (int)(stream.Length - stream.Position)).ToArray());
        }

        await using var store = SqliteStores.Open(File);
        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Events.ClaimAsync(new Lease("n", default, default), 5000, Go));

        Assert.StartsWith($"{File}: the database is damaged.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_yet_says_how_to_make_it()
    {
        await using var store = SqliteStores.Open(File);

        Assert.Contains("cxo migrate", (await Assert.ThrowsAsync<StorageException>(() => store.Customers.CountAsync(Go))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_is_pending_says_the_command_to_run()
    {
        await using var store = SqliteStores.Open(File);

        // The write makes the file; its tables are still missing.
        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Marks.WriteAsync("a", "b", Go));

        Assert.Equal($"{File}: the schema is not up to date. Run `cxo migrate`.", fault.Message);
    }

    [Fact]
    public async Task A_database_that_another_process_keeps_locked_says_so_and_works_again_after()
    {
        await FillAsync();
        await using var database = new SqliteDatabase(File, patience: TimeSpan.FromMilliseconds(1));
        var marks = new SqliteMarkStore(database);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var lockIt = other.CreateCommand();
            lockIt.CommandText = "begin immediate";
            lockIt.ExecuteNonQuery();

            var fault = await Assert.ThrowsAsync<StorageException>(() => marks.WriteAsync("a", "b", Go));
            Assert.StartsWith($"{File}: another process keeps the database locked for writing.", fault.Message, StringComparison.Ordinal);
            Assert.Null(await marks.ReadAsync("a", Go));
        }

        await marks.WriteAsync("a", "b", Go);
        Assert.Equal("b", await marks.ReadAsync("a", Go));
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_of_what_was_not_acknowledged_and_work_goes_on_after()
    {
        await FillAsync();
        await using var database = new SqliteDatabase(File);
        var events = new SqliteEventStore(database);
        var stored = (await events.CountAsync(Go)).Stored;
        await database.WriteAsync(
            session =>
            {
                session.Run($"pragma max_page_count = {session.Use("pragma page_count").Number() + 2}");
                return true;
            },
            Go);

        // Many at once, so that several share the transaction that the full disk ends.
        var writes = Enumerable.Range(0, 8)
            .Select(_ => events.AppendAsync([.. Enumerable.Range(0, 200).Select(_ => Some.Event())], Go)).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        var acknowledged = writes.Count(write => write.IsCompletedSuccessfully);
        Assert.True(acknowledged < writes.Count);
        Assert.All(writes.Where(write => write.IsFaulted), write =>
            Assert.StartsWith($"{File}: the disk is full.", Assert.IsType<StorageException>(write.Exception!.InnerException).Message, StringComparison.Ordinal));
        Assert.Equal(stored + (200 * acknowledged), (await events.CountAsync(Go)).Stored);

        // A new connection, without the limit, stands for the space that was freed.
        await using var after = SqliteStores.Open(File);
        Assert.Equal([true], await after.Events.AppendAsync([Some.Event()], Go));
    }

    [Theory]
    [InlineData(5, "locked")]
    [InlineData(8, "can't be written")]
    [InlineData(10, "disk failed")]
    [InlineData(11, "damaged")]
    [InlineData(13, "disk is full")]
    [InlineData(14, "can't be opened")]
    [InlineData(26, "not a SQLite database")]
    public void Every_fault_of_the_file_is_said_in_words(int code, string words)
    {
        var said = new SqliteFile(File).Explain(new SqliteException("driver's words", code));

        Assert.StartsWith($"{File}: ", said.Message, StringComparison.Ordinal);
        Assert.Contains(words, said.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(said.InnerException);
    }

    [Fact]
    public async Task A_store_that_is_closed_says_so()
    {
        var store = SqliteStores.Open(File);
        await store.DisposeAsync();

        await using var database = new SqliteDatabase(File);
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(_ => 1, Go));
        await Assert.ThrowsAnyAsync<Exception>(() => database.ReadAsync(_ => 1, Go));
    }

    private async Task FillAsync()
    {
        await using var store = SqliteStores.Open(File);
        await store.Schema.MigrateAsync(Go);
        await store.Events.AppendAsync([.. Enumerable.Range(0, 3000).Select(_ => Some.Event())], Go);
    }
}
