using System.Globalization;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Attention;

/// <summary>Five journeys, two messages in seven days: who got what, and when.</summary>
public sealed class ContestTests
{
    // About two minutes on a busy machine; CXO_PEOPLE=3000 is enough while one works on it.
    private static readonly int People = int.Parse(Environment.GetEnvironmentVariable("CXO_PEOPLE") ?? "50000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nobody_is_over_the_cap_the_higher_priority_wins_and_every_loser_is_sent_later_or_expires()
    {
        await using var world = await Contest.WorldAsync();
        await Contest.RunAsync(world, await Contest.PeopleAsync(world, People), seed: 1);

        var ledger = await Contest.LedgerAsync(world);
        Assert.Equal(5 * People, ledger.Count);
        Contest.NobodyGotTooMuch(ledger);
        Assert.True(Contest.TheHigherPriorityWonEachTime(ledger) > People, "Too few messages competed to show anything.");
        Contest.EveryLoserWasSentLaterOrExpiredWithAReason(ledger);
    }

    [Fact]
    public async Task Two_runs_with_the_same_seed_come_to_the_same_order()
    {
        var first = await OrderAsync(seed: 7);
        Assert.Equal(first, await OrderAsync(seed: 7));
        Assert.NotEqual(first, await OrderAsync(seed: 8));
    }

    [SkippableFact]
    public async Task The_same_holds_on_postgresql()
    {
        Needs.Postgres();
        await using var world = await Contest.WorldAsync(PostgresServer.Running.NewDatabase());
        await Contest.RunAsync(world, await Contest.PeopleAsync(world, 400), seed: 2);

        var ledger = await Contest.LedgerAsync(world);
        Contest.NobodyGotTooMuch(ledger);
        Assert.True(Contest.TheHigherPriorityWonEachTime(ledger) > 400);
        Contest.EveryLoserWasSentLaterOrExpiredWithAReason(ledger);
    }

    [SkippableFact]
    public async Task Two_nodes_that_send_at_the_same_time_keep_to_the_cap_together()
    {
        Needs.Postgres();
        await using var world = await Contest.WorldAsync(PostgresServer.Running.NewDatabase());
        await using var other = world.Another("two");
        await Contest.RunAsync(world, await Contest.PeopleAsync(world, 400), seed: 3, world, other);

        var ledger = await Contest.LedgerAsync(world);
        Contest.NobodyGotTooMuch(ledger);
        Contest.EveryLoserWasSentLaterOrExpiredWithAReason(ledger);
    }

    private static async Task<IReadOnlyList<string>> OrderAsync(int seed)
    {
        await using var world = await Contest.WorldAsync();
        var people = await Contest.PeopleAsync(world, 1_000);
        var start = world.Now;
        await Contest.RunAsync(world, people, seed);
        var number = people.Select((id, at) => (id, at)).ToDictionary(pair => pair.id, pair => pair.at);
        return [.. (await Contest.LedgerAsync(world)).Where(one => one.State == DeliveryState.Accepted)
            .Select(one => (At: one.HandedOverAt!.Value - start, Person: number[one.CustomerId], one.Journey))
            .Order().Select(one => $"{one.At} {one.Person} {one.Journey}")];
    }
}
