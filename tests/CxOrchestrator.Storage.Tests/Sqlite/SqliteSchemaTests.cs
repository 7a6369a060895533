using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Sqlite;
using CxOrchestrator.TestKit;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Tests.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.PathOf("cxo.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_migration_is_pending_by_name_where_there_is_no_file_and_looking_makes_none()
    {
        await using var store = SqliteStores.Open(File);

        Assert.Equal(["0001-first-light", "0002-what-services-tell", "0003-where-messages-went", "0004-why", "0005-fair-lanes", "0006-nodes", "0007-splits", "0008-retention", "0009-publishing", "0010-lanes-of-messages", "0011-attention", "0012-moments", "0013-send-hours"], await store.Schema.PendingAsync(Go));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Migrating_applies_what_is_pending_by_name_and_then_nothing()
    {
        await using var store = SqliteStores.Open(File);

        Assert.Equal(["0001-first-light", "0002-what-services-tell", "0003-where-messages-went", "0004-why", "0005-fair-lanes", "0006-nodes", "0007-splits", "0008-retention", "0009-publishing", "0010-lanes-of-messages", "0011-attention", "0012-moments", "0013-send-hours"], await store.Schema.MigrateAsync(Go));
        Assert.Empty(await store.Schema.PendingAsync(Go));
        Assert.Empty(await store.Schema.MigrateAsync(Go));
    }

    [Fact]
    public async Task Of_two_processes_that_migrate_at_once_each_migration_is_applied_by_one()
    {
        await using var one = SqliteStores.Open(File);
        await using var two = SqliteStores.Open(File);

        var applied = await Task.WhenAll(Task.Run(() => one.Schema.MigrateAsync(Go)), Task.Run(() => two.Schema.MigrateAsync(Go)));

        Assert.Equal(["0001-first-light", "0002-what-services-tell", "0003-where-messages-went", "0004-why", "0005-fair-lanes", "0006-nodes", "0007-splits", "0008-retention", "0009-publishing", "0010-lanes-of-messages", "0011-attention", "0012-moments", "0013-send-hours"], applied.SelectMany(names => names).Order());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_by_name()
    {
        await using (var newer = new SqliteDatabase(File))
            await new SqliteSchema(newer, [.. Migration.Known, new Migration(9001, "9001-from-the-future", "create table hats (id integer)")]).MigrateAsync(Go);
        await using var store = SqliteStores.Open(File);

        var pending = await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go));
        var migrate = await Assert.ThrowsAsync<StorageException>(() => store.Schema.MigrateAsync(Go));

        Assert.Equal(pending.Message, migrate.Message);
        Assert.Contains(File, pending.Message, StringComparison.Ordinal);
        Assert.Contains("newer version of this program (unknown migrations: 9001-from-the-future)", pending.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_are_applied_in_order_from_where_the_database_stands()
    {
        var second = new Migration(9001, "9001-hats", "create table hats (id integer)");
        var third = new Migration(9002, "9002-more-hats", "alter table hats add column size integer");
        await using var database = new SqliteDatabase(File);
        await new SqliteSchema(database).MigrateAsync(Go);
        var newer = new SqliteSchema(database, [.. Migration.Known, second, third]);

        Assert.Equal(["9001-hats", "9002-more-hats"], await newer.PendingAsync(Go));
        Assert.Equal(["9001-hats", "9002-more-hats"], await newer.MigrateAsync(Go));
    }

    [Fact]
    public async Task A_migration_that_fails_is_taken_back_whole_and_named()
    {
        var broken = new Migration(9001, "9001-broken", "create table hats (id integer); create table hats (id integer)");
        await using var database = new SqliteDatabase(File);
        var schema = new SqliteSchema(database, [.. Migration.Known, broken]);

        var fault = await Assert.ThrowsAsync<StorageException>(() => schema.MigrateAsync(Go));

        Assert.Contains("9001-broken", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["9001-broken"], await schema.PendingAsync(Go));
        Assert.Null(await database.ReadAsync(session => session.Use("select 1 from sqlite_schema where name = 'hats'").Number(), Go));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        Run("create table theirs (id integer)");
        await using var store = SqliteStores.Open(File);

        Assert.Contains("another program", (await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go))).Message, StringComparison.Ordinal);
        Assert.Contains("another program", (await Assert.ThrowsAsync<StorageException>(() => store.Schema.MigrateAsync(Go))).Message, StringComparison.Ordinal);
        Assert.Equal(1L, Run("select count(*) from sqlite_schema"));
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps()
    {
        Assert.Equal(Enumerable.Range(1, Migration.Known.Count), Migration.Known.Select(migration => migration.Number));
        Assert.All(Migration.Known, migration => Assert.StartsWith($"{migration.Number:0000}-", migration.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_file_is_written_ahead_and_synced_at_every_commit()
    {
        await using var database = new SqliteDatabase(File);
        await new SqliteSchema(database).MigrateAsync(Go);

        Assert.Equal(2, await database.WriteAsync(session => session.Use("pragma synchronous").Number(), Go));
        Assert.Equal("wal", await database.WriteAsync(session => session.Use("pragma journal_mode").First(row => row.Text(0)), Go));
        Assert.Equal("wal", Run("pragma journal_mode"));
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        await using var database = new SqliteDatabase(File);
        await new SqliteSchema(database).MigrateAsync(Go);

        await Assert.ThrowsAsync<StorageException>(() => database.ReadAsync(session => session.Use("delete from marks").Execute(), Go));
    }

    [Fact]
    public async Task Published_content_can_neither_be_changed_nor_removed()
    {
        await using (var store = SqliteStores.Open(File))
        {
            await store.Schema.MigrateAsync(Go);
            await store.Content.PublishAsync([(Core.Content.ContentKind.Journey, "a", "text")], DateTimeOffset.UnixEpoch, Go);
        }

        Assert.Contains("never changes", Assert.Throws<SqliteException>(() => Run("update content set text = 'x'")).Message, StringComparison.Ordinal);
        Assert.Contains("never removed", Assert.Throws<SqliteException>(() => Run("delete from content")).Message, StringComparison.Ordinal);
    }

    private object? Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
