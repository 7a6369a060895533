using CxOrchestrator.EndToEnd.Tests.Running;
using Xunit.Abstractions;

namespace CxOrchestrator.EndToEnd.Tests.Intake;

/// <summary>Events posted to the running executable by many clients at once: the distinct ones are stored, and what was acknowledged survives.</summary>
public sealed class EventsOverHttpTests(ITestOutputHelper output)
{
    private const int Events = 10_000;
    private const int Duplicates = 1_000;
    private const int Clients = 8;
    private const int Kills = 5;

    [Fact]
    public async Task Ten_thousand_events_by_eight_clients_are_stored_once_each()
    {
        await using var shop = PlainShop.New();
        var posting = Prepare(shop);
        await shop.StartAsync();

        await posting.PostAsync(shop);

        Assert.True(posting.Done);
        Assert.Equal((posting.Distinct.Count, Duplicates), posting.Told);
        await CheckStoredOnceAsync(shop, posting);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_power_cut()
    {
        await using var shop = PlainShop.New();
        var posting = Prepare(shop);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await shop.StartAsync();
            var running = posting.PostAsync(shop);
            await UntilAsync(posting, running, Events * kill / (Kills + 2));
            await shop.KillAsync();
            await running;
            Assert.False(posting.Done, "All was posted before the power cut.");
            var stored = await Posting.StoredAsync(shop);
            Assert.DoesNotContain(posting.Acknowledged, name => !stored.ContainsKey(name));
            output.WriteLine($"kill {kill}: {posting.Acknowledged.Count} acknowledged, {stored.Count} stored");
        }

        await shop.StartAsync();
        await posting.PostAsync(shop);
        Assert.True(posting.Done);
        await CheckStoredOnceAsync(shop, posting);
    }

    private Posting Prepare(Shop shop)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        EventSource[] sources = [new("shop"), new("market")];
        shop.AddSources(sources);
        return new Posting(sources, Clients, Events, Duplicates, new Random(seed));
    }

    // A random moment: some events after a share of them, and whenever the clients and the server happen to be then.
    private static async Task UntilAsync(Posting posting, Task running, int acknowledged)
    {
        var atLeast = acknowledged + Random.Shared.Next(Events / (Kills + 2) / 2);
        while (posting.Acknowledged.Count < atLeast && !running.IsCompleted)
            await Task.WhenAny(running, Task.Delay(Random.Shared.Next(1, 20)));
    }

    private static async Task CheckStoredOnceAsync(Shop shop, Posting posting)
    {
        var books = await shop.UntilAsync(now => now.EventsWaiting == 0, TimeSpan.FromMinutes(3));
        var stored = await Posting.StoredAsync(shop);
        Assert.Equal(posting.Distinct.Count, books.Events);
        Assert.True(posting.Distinct.SetEquals(stored.Keys));
        Assert.All(stored.Values, times => Assert.Equal(1, times));
        Assert.Equal(posting.Distinct.Count, posting.Acknowledged.Count);
        // Every one of them was decided upon, once.
        Assert.Equal(books.Events, books.Decisions.Values.Sum());
    }
}
