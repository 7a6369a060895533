using CxOrchestrator.Storage.Postgres;

namespace CxOrchestrator.Storage.Tests.Postgres;

public sealed class PgMigrationTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [SkippableFact]
    public async Task Every_migration_is_pending_by_name_in_an_empty_schema_and_looking_makes_no_table()
    {
        var connection = await PgStores.NewSchemaAsync();
        await using var store = PgStores.Open(connection);

        Assert.Equal(["0001-first-light", "0002-where-messages-went", "0003-why", "0004-nodes", "0005-splits", "0006-schedules", "0007-publishing", "0008-lanes-of-messages", "0009-attention", "0010-moments", "0011-send-hours", "0012-told", "0013-late-hand-overs"], await store.Schema.PendingAsync(Go));
        Assert.Equal(["0001-first-light", "0002-where-messages-went", "0003-why", "0004-nodes", "0005-splits", "0006-schedules", "0007-publishing", "0008-lanes-of-messages", "0009-attention", "0010-moments", "0011-send-hours", "0012-told", "0013-late-hand-overs"], await store.Schema.PendingAsync(Go));
        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Events.CountAsync(Go));
        Assert.Contains("Run `cxo migrate`", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Of_two_nodes_that_migrate_at_once_each_migration_is_applied_by_one()
    {
        var connection = await PgStores.NewSchemaAsync();
        await using var one = PgStores.Open(connection);
        await using var two = PgStores.Open(connection);

        var applied = await Task.WhenAll(Task.Run(() => one.Schema.MigrateAsync(Go)), Task.Run(() => two.Schema.MigrateAsync(Go)));

        Assert.Equal(["0001-first-light", "0002-where-messages-went", "0003-why", "0004-nodes", "0005-splits", "0006-schedules", "0007-publishing", "0008-lanes-of-messages", "0009-attention", "0010-moments", "0011-send-hours", "0012-told", "0013-late-hand-overs"], applied.SelectMany(names => names).Order());
        Assert.Empty(await two.Schema.PendingAsync(Go));
    }

    [SkippableFact]
    public async Task A_database_of_a_newer_version_is_refused_by_name()
    {
        var connection = await PgStores.NewSchemaAsync();
        await using (var newer = new PgDatabase(connection))
            await new PgSchema(newer, [.. Migration.OfPostgres, new Migration(Migration.OfPostgres.Count + 1, "0999-from-the-future", "create table hats (id integer)")]).MigrateAsync(Go);
        await using var store = PgStores.Open(connection);

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go));

        Assert.Contains("newer version of this program (unknown migrations: 0999-from-the-future)", fault.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_program_runs_on_beside_a_newer_one_whose_migrations_say_that_it_can(int fromAfterNewest, bool runs)
    {
        var connection = await PgStores.NewSchemaAsync();
        var newest = Migration.OfPostgres.Count;
        await using (var newer = new PgDatabase(connection))
        {
            var sql = $"-- compatible from {newest + fromAfterNewest:0000}\ncreate table hats (id integer)";
            await new PgSchema(newer, [.. Migration.OfPostgres, new Migration(newest + 1, "0999-hats", sql)]).MigrateAsync(Go);
        }

        await using var older = PgStores.Open(connection);

        if (runs)
            Assert.Empty(await older.Schema.PendingAsync(Go));
        else
            Assert.Contains("unknown migrations: 0999-hats", (await Assert.ThrowsAsync<StorageException>(() => older.Schema.PendingAsync(Go))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Of_several_newer_migrations_one_that_says_nothing_is_enough_to_be_refused()
    {
        var connection = await PgStores.NewSchemaAsync();
        var newest = Migration.OfPostgres.Count;
        await using (var newer = new PgDatabase(connection))
        {
            await new PgSchema(newer, [
                .. Migration.OfPostgres, new Migration(newest + 1, "0998-hats", "alter table customers drop column name"),
                new Migration(newest + 2, "0999-caps", $"-- compatible from {newest:0000}\ncreate table caps (id integer)"),
            ]).MigrateAsync(Go);
        }

        await using var older = PgStores.Open(connection);

        var fault = await Assert.ThrowsAsync<StorageException>(() => older.Schema.PendingAsync(Go));
        Assert.Contains("(unknown migrations: 0998-hats)", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await using var database = new PgDatabase(await PgStores.NewSchemaAsync());
        var schema = new PgSchema(database, [new Migration(1, "0001-broken", "create table hats (id integer); create table hats (id integer)")]);

        var fault = await Assert.ThrowsAsync<StorageException>(() => schema.MigrateAsync(Go));

        Assert.Contains("migration 0001-broken failed and was taken back", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["0001-broken"], await schema.PendingAsync(Go));
    }

    [SkippableFact]
    public async Task The_tables_of_another_program_are_left_alone()
    {
        var connection = await PgStores.NewSchemaAsync();
        await PgStores.DoAsync(connection, "create table hats (id integer)");
        await using var store = PgStores.Open(connection);

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.MigrateAsync(Go));

        Assert.Contains("holds tables of another program", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_database_that_may_forget_commits_is_refused()
    {
        await using var store = PgStores.Open($"{await PgStores.NewSchemaAsync()};Options=-c synchronous_commit=off");

        var fault = await Assert.ThrowsAsync<StorageException>(() => store.Schema.PendingAsync(Go));

        Assert.Contains("synchronous_commit is off. Switch it on", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps() =>
        Assert.All(Migration.OfPostgres.Index(), one => Assert.StartsWith($"{one.Index + 1:0000}-", one.Item.Name, StringComparison.Ordinal));
}
