using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Conformance.Nodes;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>The promises to nodes that share a database, beside those to one alone.</summary>
public sealed class PgNodeTests : NodeStoreConformance
{
    [SkippableFact]
    public async Task A_node_that_starts_takes_nothing_from_others_that_live()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");

        var registration = await Store.Nodes.RegisterAsync(Node("node-b"), Long, Go);

        Assert.Null(registration.HeldBy);
        Assert.Equal(1, registration.Others);
        Assert.Equal("0 0 0 0 0", await ClaimAllAsync("node-b"));
        Assert.Equal(1, (await Store.Nodes.BeatAsync("node-a", NodeBeat.First, Long, Go)).Others);
    }

    [SkippableFact]
    public async Task A_name_is_taken_while_its_process_lives_elsewhere_and_free_when_its_lease_is_over()
    {
        await Store.Nodes.RegisterAsync(Node("node-a", "first", "box-1"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("first");

        var refused = await Store.Nodes.RegisterAsync(Node("node-a", "second", "box-2"), Long, Go);

        Assert.Equal("first", refused.HeldBy?.Node.Id);
        Assert.Single((await Store.Nodes.ListAsync(Go)).Nodes);
        await Store.Nodes.BeatAsync("first", NodeBeat.First, Over, Go);
        Assert.Null((await Store.Nodes.RegisterAsync(Node("node-a", "second", "box-2"), Long, Go)).HeldBy);
        await RecoverAsync();
        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("second"));
    }

    [SkippableFact]
    public async Task A_process_whose_name_another_has_now_is_told_so_and_gets_no_lease()
    {
        await Store.Nodes.RegisterAsync(Node("node-a", "first"), Long, Go);
        await Store.Nodes.RegisterAsync(Node("node-a", "second"), Long, Go);

        Assert.Equal(NodeStanding.Replaced, (await Store.Nodes.BeatAsync("first", NodeBeat.First, Long, Go)).Standing);
        Assert.Equal(NodeStanding.Held, (await Store.Nodes.BeatAsync("second", NodeBeat.First, Long, Go)).Standing);
        Assert.Equal("Lost", string.Join(",", (await Store.Nodes.ListAsync(Go)).Nodes.Where(one => one.Node.Id == "first").Select(one => one.State)));
    }

    [SkippableFact]
    public async Task Of_many_that_look_at_once_one_finds_each_node_that_is_lost()
    {
        for (var number = 0; number < 5; number++)
            await Store.Nodes.RegisterAsync(Node($"node-{number}"), Over, Go);
        var other = await AnotherProcessAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).Nodes.TakeOverAsync(Go))));

        Assert.Equal(["node-0", "node-1", "node-2", "node-3", "node-4"], found.SelectMany(one => one.Lost).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_row_that_hangs_in_a_transaction_holds_nobody_up_and_is_freed_by_a_later_look()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");
        await using (var source = Npgsql.NpgsqlDataSource.Create($"{PgStores.ConnectionOf(Store)};Pooling=false"))
        await using (var connection = await source.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand("select 1 from events for update", connection);
            await hold.ExecuteNonQueryAsync();
            Assert.Equal(["node-a"], (await Store.Nodes.TakeOverAsync(Go)).Lost);
            await RecoverAsync();
            Assert.Equal("0 1 1 1 1", await ClaimAllAsync("node-b"));
        }

        await Store.Nodes.TakeOverAsync(Go);

        Assert.Equal("1 0 0 0 0", await ClaimAllAsync("node-b"));
    }

    [SkippableFact]
    public async Task Each_node_keeps_its_own_states_of_connections_and_those_of_all_that_live_are_shown_together()
    {
        await using var one = PgStores.Open(PgStores.ConnectionOf(Store), node: Node("node-1"));
        await using var two = PgStores.Open(PgStores.ConnectionOf(Store), node: Node("node-2"));
        await one.Nodes.RegisterAsync(Node("node-1"), Long, Go);
        await two.Nodes.RegisterAsync(Node("node-2"), Long, Go);
        var ready = new StateReport(ConnectionState.Ready, "", Noon, "");
        var degraded = new StateReport(ConnectionState.Degraded, "no route to it", Noon, "Look at the network");

        await one.PluginStates.SaveAsync("connection:mail", ready, Go);
        await two.PluginStates.SaveAsync("connection:mail", degraded, Go);

        Assert.Equal(ready, (await one.PluginStates.LoadAsync(Go))["connection:mail"]);
        Assert.Equal(degraded, (await two.PluginStates.LoadAsync(Go))["connection:mail"]);
        Assert.Equal([new KeptState("node-1", "connection:mail", ready), new KeptState("node-2", "connection:mail", degraded)], await Store.PluginStates.LoadOfAllAsync(Go));
        await two.Nodes.StopAsync("node-2", Go);
        Assert.Equal([new KeptState("node-1", "connection:mail", ready)], await Store.PluginStates.LoadOfAllAsync(Go));
    }

    [SkippableFact]
    public async Task The_time_is_the_servers_at_the_statement_and_the_same_for_every_process()
    {
        var other = await AnotherProcessAsync();

        var one = await Store.Nodes.TimeAsync(Go);
        var two = await other.Nodes.TimeAsync(Go);
        var three = await Store.Nodes.TimeAsync(Go);

        Assert.True(one < two && two < three, $"{one:O} {two:O} {three:O}");
    }

    // This version locks the rows that it walks. One from before leased them, and both may run side by side.
    protected override async Task<int> HoldWalksAsync(Lease lease)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create($"{PgStores.ConnectionOf(Store)};Pooling=false");
        await using var claim = source.CreateCommand(
            "update enrolments set lease_node = $1, lease_until = $2 where state = 0 and due_at <= $3 and (lease_until is null or lease_until <= $4)");
        foreach (object value in new object[] { lease.Node, lease.Until.UtcDateTime, Noon.UtcDateTime, lease.Now.UtcDateTime })
            claim.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
        return await claim.ExecuteNonQueryAsync();
    }

    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}
