using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Moments;

public sealed class SilenceTests
{
    private static readonly string WinBack = Words.Journey("win-back", "- send: hello", "{ silence: order.placed, for: 60d }");

    [Fact]
    public async Task After_sixty_days_without_an_order_one_message_is_sent_and_another_after_the_next_silence()
    {
        await using var world = await World.WithAsync(WinBack);
        await world.CustomerAsync("anna");
        await world.CustomerAsync("never");
        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(40));
        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(59));
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("anna@example.test", Assert.Single(world.Fake.Emails).To.Address);
        await world.PassAsync(TimeSpan.FromDays(200));
        Assert.Single(world.Fake.Emails);

        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(60));
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task Other_events_break_no_silence()
    {
        await using var world = await World.WithAsync(WinBack);
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(59));
        await world.TellAsync("anna", "ping");
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Fake.Emails);
    }

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData(", already: true", 1, 2)]
    public async Task A_silence_from_before_the_journey_counts_where_it_says_so(string more, int atOnce, int later)
    {
        await using var world = await World.WithAsync();
        await world.CustomerAsync("old");
        await world.CustomerAsync("recent");
        await world.TellAsync("old", "order.placed", time: world.Now.AddDays(-100));
        await world.TellAsync("recent", "order.placed", time: world.Now.AddDays(-50));
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("win-back", "- send: hello", $"{{ silence: order.placed, for: 60d{more} }}"));
        await world.RunAsync();
        Assert.Equal(atOnce, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromDays(10));
        Assert.Equal(later, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromDays(100));
        Assert.Equal(later, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task Who_never_ordered_counts_from_when_they_became_known_where_it_says_so()
    {
        await using var world = await World.WithAsync(Words.Journey("wake-up", "- send: hello", "{ silence: order.placed, for: 10 days at 10:00, sinceKnown: true }"));
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.CustomerAsync("anna");
        await world.CustomerAsync("ben");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(9));
        await world.TellAsync("ben", "order.placed");
        await world.PassAsync(TimeSpan.FromHours(21));
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("anna@example.test", Assert.Single(world.Fake.Emails).To.Address);
        await world.PassAsync(TimeSpan.FromDays(9));
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task A_silence_that_ended_while_nothing_ran_begins_the_journey_all_the_same_and_one_that_was_broken_does_not()
    {
        await using var world = await World.WithAsync(WinBack);
        var anna = await world.CustomerAsync("anna");
        await world.CustomerAsync("ben");
        await world.TellAsync("anna", "order.placed");
        await world.TellAsync("ben", "order.placed");
        await world.RunAsync();
        world.CustomerClock.Advance(TimeSpan.FromDays(90));
        // Stored, and not decided on yet when the silence is looked at.
        await world.TellAsync("ben", "order.placed");
        await world.RunAsync(CxOrchestrator.Engine.Running.Work.Moments);
        await world.RunAsync();
        Assert.Equal("anna@example.test", Assert.Single(world.Fake.Emails).To.Address);
        var said = await world.Get<IExplainer>().ExplainAsync(anna, "win-back", null, CancellationToken.None);
        Assert.Contains("no order.placed for 60d begins version 1", string.Join('\n', said.Sections.SelectMany(section => section.Lines).Select(line => line.Text)), StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromDays(60));
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task A_shorter_silence_is_planned_anew_for_everybody()
    {
        await using var world = await World.WithAsync(WinBack);
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("win-back", "- send: hello", "{ silence: order.placed, for: 5d }"));
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Single(world.Fake.Emails);
    }
}
