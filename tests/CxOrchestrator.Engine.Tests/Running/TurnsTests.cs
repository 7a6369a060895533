using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Polling;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Running;

/// <summary>What one node at a time does, over two nodes on one store.</summary>
public sealed class TurnsTests
{
    private static readonly EngineOptions Options = new();

    [Fact]
    public async Task A_connection_is_polled_once_in_its_time_however_many_nodes_there_are()
    {
        await using var one = await World.WithAsync();
        await using var two = one.Another("two");
        one.Fake.Has.Add(Capability.EventPoller);
        var asked = 0;
        one.Fake.OnPoll = _ =>
        {
            asked++;
            return new Page<ConnectorEvent>([], null);
        };

        for (var round = 1; round <= 5; round++)
        {
            await one.RunAsync(Work.Polling);
            await two.RunAsync(Work.Polling);
            Assert.Equal(round, asked);
            one.MachineClock.Advance(Options.PollEvery);
        }
    }

    [Fact]
    public async Task What_a_node_was_told_to_poll_is_polled_although_another_has_just_polled()
    {
        await using var one = await World.WithAsync();
        await using var two = one.Another("two");
        one.Fake.Has.Add(Capability.EventPoller);
        var asked = 0;
        one.Fake.OnPoll = _ =>
        {
            asked++;
            return new Page<ConnectorEvent>([], null);
        };
        await two.RunAsync(Work.Polling);
        await one.RunAsync(Work.Polling);
        Assert.Equal(1, asked);

        one.Get<PollHints>().Ask(FakeConnections.Name);
        await one.RunAsync(Work.Polling);

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_campaign_is_moved_on_by_the_node_that_has_its_turn_and_by_another_when_that_is_gone()
    {
        await using var one = await World.WithAsync(Words.Journey("news", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always"));
        for (var number = 0; number < 501; number++)
            await one.CustomerAsync($"c{number}");
        await using var two = one.Another("two");
        await one.RunAsync(Work.Campaigns);
        one.CustomerClock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(500, await one.RunAsync(Work.Campaigns));

        Assert.Equal(0, await two.RunAsync(Work.Campaigns));
        one.MachineClock.Advance(Options.CallLease);
        Assert.Equal(1, await two.RunAsync(Work.Campaigns));
        Assert.Equal(0, await one.RunAsync(Work.Campaigns));

        Assert.Equal(501, (await one.BooksAsync()).EnrolmentsBySchedule);
    }

    [Fact]
    public async Task A_node_that_was_taken_for_lost_does_not_write_its_cursor_over_that_of_the_one_after_it()
    {
        await using var one = await World.WithAsync();
        await one.Get<NodeHeart>().RegisterAsync(CancellationToken.None);
        var turn = await one.Get<Turns>().TakeAsync("campaign/news", TimeSpan.Zero, CancellationToken.None);
        Assert.True(await turn!.StillAsync(CancellationToken.None));
        one.MachineClock.Advance(Options.NodeLease);
        await one.Get<INodeStore>().TakeOverAsync(CancellationToken.None);
        await one.Get<NodeHeart>().BeatAsync(false, CancellationToken.None);
        await using var two = one.Another("two");
        Assert.NotNull(await two.Get<Turns>().TakeAsync("campaign/news", TimeSpan.Zero, CancellationToken.None));

        Assert.False(await turn.StillAsync(CancellationToken.None));
        await turn.DisposeAsync();

        Assert.Null(await one.Get<Turns>().TakeAsync("campaign/news", TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_turn_is_kept_for_as_long_as_its_work_takes()
    {
        await using var one = await World.WithAsync();
        await using var two = one.Another("two");
        var turn = await one.Get<Turns>().TakeAsync("crm-sync/crm", TimeSpan.Zero, CancellationToken.None);
        for (var page = 0; page < 5; page++)
        {
            one.MachineClock.Advance(Options.CallLease * 0.6);
            Assert.True(await turn!.StillAsync(CancellationToken.None));
            Assert.Null(await two.Get<Turns>().TakeAsync("crm-sync/crm", TimeSpan.Zero, CancellationToken.None));
        }
    }
}
