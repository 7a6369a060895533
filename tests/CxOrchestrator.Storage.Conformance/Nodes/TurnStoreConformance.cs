using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Conformance.Nodes;

/// <summary>What <see cref="ITurnStore"/> promises.</summary>
public abstract class TurnStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_turn_is_one_nodes_until_it_gives_it_back()
    {
        Assert.True(await TakeAsync("node-a"));
        Assert.False(await TakeAsync("node-b", 1));
        Assert.True(await TakeAsync("node-a", 2));

        await Store.Turns.GiveBackAsync("poll/mail", "node-a", null, Go);

        Assert.True(await TakeAsync("node-b", 3));
        Assert.False(await TakeAsync("node-a", 4));
    }

    [SkippableFact]
    public async Task A_turn_whose_lease_has_ended_is_free()
    {
        Assert.True(await TakeAsync("node-a"));

        Assert.False(await TakeAsync("node-b", 59));
        Assert.True(await TakeAsync("node-b", 60));
    }

    [SkippableFact]
    public async Task A_turn_is_kept_by_taking_it_again()
    {
        await TakeAsync("node-a");
        await TakeAsync("node-a", 50);

        Assert.False(await TakeAsync("node-b", 100));
        Assert.True(await TakeAsync("node-b", 110));
    }

    [SkippableFact]
    public async Task What_one_node_has_done_just_now_another_does_not_do_again_but_itself_may()
    {
        await TakeAsync("node-a");
        await Store.Turns.GiveBackAsync("poll/mail", "node-a", MachineNoon.AddSeconds(5), Go);

        Assert.False(await TakeAsync("node-b", 20, doneBy: 4));
        Assert.True(await TakeAsync("node-b", 20, doneBy: 5));
        await Store.Turns.GiveBackAsync("poll/mail", "node-b", MachineNoon.AddSeconds(21), Go);
        Assert.True(await TakeAsync("node-b", 22, doneBy: 4));
    }

    [SkippableFact]
    public async Task A_turn_that_is_another_nodes_by_now_is_not_given_back_for_it()
    {
        await TakeAsync("node-a");
        await TakeAsync("node-b", 60);

        await Store.Turns.GiveBackAsync("poll/mail", "node-a", MachineNoon, Go);

        Assert.False(await TakeAsync("node-c", 61));
    }

    [SkippableFact]
    public async Task Turns_of_different_names_are_apart()
    {
        Assert.True(await TakeAsync("node-a"));
        Assert.True(await Store.Turns.TakeAsync("poll/other", By("node-b"), MachineNoon, Go));
    }

    [SkippableFact]
    public async Task Of_many_that_take_a_turn_at_once_one_gets_it()
    {
        var other = await AnotherProcessAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(
            () => (n % 2 == 0 ? Store : other).Turns.TakeAsync("poll/mail", By($"node-{n}"), MachineNoon, Go))));

        Assert.Equal(1, taken.Count(one => one));
    }

    [SkippableFact]
    public async Task The_turns_of_a_node_that_is_lost_are_free()
    {
        await Store.Nodes.RegisterAsync(new NodeIdentity { Id = "node-a", Name = "node-a" }, TimeSpan.Zero, Go);
        await TakeAsync("node-a");
        Assert.Equal(1, (await Store.Nodes.ListAsync(Go)).Nodes[0].Holds["turns"]);

        await Store.Nodes.TakeOverAsync(Go);

        Assert.True(await TakeAsync("node-b", 1));
    }

    private Task<bool> TakeAsync(string node, int seconds = 0, int? doneBy = null) =>
        Store.Turns.TakeAsync("poll/mail", By(node, seconds), MachineNoon.AddSeconds(doneBy ?? seconds), Go);
}
