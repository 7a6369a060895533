using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.WriteBacks;

public sealed class WriteBackPassTests
{
    private static readonly string Journey = Words.Journey("j", "- updateCustomer: { tier: \"'gold'\" }", more: "reentry: always");

    [Fact]
    public async Task Changes_go_out_in_batches_as_large_as_the_crm_likes()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.BatchSize = 4;
        for (var number = 0; number < 10; number++)
        {
            await world.CustomerAsync($"c{number}");
            await world.TellAsync($"c{number}", "order.delivered");
        }

        await world.RunAsync();
        Assert.Equal(10, world.Fake.Changes.Count);
        Assert.Equal(3, world.Fake.Calls);
    }

    [Fact]
    public async Task A_customer_is_named_by_the_id_that_the_crm_knows()
    {
        await using var world = await World.WithAsync(Journey);
        await world.Get<ICustomerStore>().UpsertAsync(
            [new CustomerDraft([new ExternalId("shop", "anna"), new ExternalId(FakeConnections.Name, "crm-7")], "Anna", null, null, null, [], Json.EmptyObject)],
            world.Now, CancellationToken.None);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal("crm-7", Assert.Single(world.Fake.Changes).PersonId);
    }

    [Fact]
    public async Task A_crm_that_fails_is_asked_again_with_the_same_key_until_it_is_back()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnWrite = _ => throw new InvalidOperationException("gone");
        await OwedAsync(world);
        for (var hour = 0; hour < 6; hour++)
            await world.PassAsync(TimeSpan.FromHours(2));
        var waiting = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Waiting, 10, CancellationToken.None));
        Assert.Equal("gone", waiting.Reason);
        Assert.InRange(waiting.Attempts, 5, 8);
        world.Fake.OnWrite = change => WriteResult.Written(change.Key);
        await world.PassAsync(TimeSpan.FromHours(2));
        var written = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Written, 10, CancellationToken.None));
        Assert.Equal((written.Key, FakeConnections.Name), (written.CrmId, written.Connection));
        Assert.Single(world.Fake.Changes.Select(change => change.Key).Distinct());
    }

    [Fact]
    public async Task After_an_outage_of_an_hour_everything_is_written_within_a_minute()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnWrite = _ => throw new InvalidOperationException("gone");
        world.Fake.BatchSize = 10;
        for (var number = 0; number < 60; number++)
        {
            await world.CustomerAsync($"c{number}");
            await world.TellAsync($"c{number}", "order.delivered");
        }

        for (var second = 0; second < 3600; second += 30)
            await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(60, (await world.BooksAsync()).WriteBacks[WriteBackState.Waiting]);

        world.Fake.OnWrite = change => WriteResult.Written(change.Key);
        for (var second = 0; second < 60; second += 10)
            await world.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(60, (await world.BooksAsync()).WriteBacks[WriteBackState.Written]);
    }

    [Fact]
    public async Task A_change_that_poisons_every_batch_keeps_no_other_from_being_written()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.BatchSize = 8;
        for (var number = 0; number < 40; number++)
        {
            await world.CustomerAsync($"c{number}");
            await world.TellAsync($"c{number}", "order.delivered");
        }

        string? poison = null;
        world.Fake.OnWrite = change => (poison ??= change.Key) == change.Key ? throw new InvalidOperationException("it chokes") : WriteResult.Written(change.Key);
        for (var minute = 0; minute < 10; minute++)
            await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(39, (await world.BooksAsync()).WriteBacks[WriteBackState.Written]);
        var left = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Waiting, 10, CancellationToken.None));
        Assert.Equal((poison, "it chokes"), (left.Key, left.Reason));
    }

    [Fact]
    public async Task A_refused_change_is_a_dead_letter_that_can_be_replayed()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnWrite = _ => WriteResult.Refused("400", "no such field");
        await OwedAsync(world);
        var dead = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Dead, 10, CancellationToken.None));
        Assert.Equal("fake refused it: 400 no such field", dead.Reason);
        world.Fake.OnWrite = change => WriteResult.Written(change.Key);
        Assert.True(await world.Get<IWriteBackStore>().ReplayAsync(dead.Id, world.Now, CancellationToken.None));
        await world.RunAsync();
        Assert.Equal(1, (await world.BooksAsync()).WriteBacks[WriteBackState.Written]);
    }

    [Fact]
    public async Task After_days_of_trying_a_change_is_given_up_with_its_last_reason()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnWrite = _ => WriteResult.Retry("busy");
        await OwedAsync(world);
        var days = 0;
        while ((await world.BooksAsync()).WriteBacks.GetValueOrDefault(WriteBackState.Dead) == 0)
        {
            Assert.True(++days < 200, "It is never given up.");
            await world.PassAsync(TimeSpan.FromHours(2));
        }

        var dead = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Dead, 10, CancellationToken.None));
        Assert.Equal("given up after 100 tries; last: busy", dead.Reason);
    }

    [Fact]
    public async Task A_crm_that_gives_too_few_results_is_not_believed()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.ShortAnswer = true;
        await OwedAsync(world);
        var waiting = Assert.Single(await world.Get<IWriteBackStore>().ListAsync(WriteBackState.Waiting, 10, CancellationToken.None));
        Assert.Contains("one result for each change", waiting.Reason, StringComparison.Ordinal);
    }

    private static async Task OwedAsync(World world)
    {
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
    }
}
