using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;

namespace CxOrchestrator.Core.Tests.Attention;

public sealed class AttentionBudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Purpose[] Counted = [Purpose.Feedback, Purpose.Marketing];

    [Fact]
    public void There_is_room_again_when_the_oldest_of_as_many_as_may_be_leaves_the_span()
    {
        var budget = new AttentionBudget([new(2, TimeSpan.FromDays(7))], Counted);
        Assert.Null(budget.FullUntil([], Noon));
        Assert.Null(budget.FullUntil([Noon.AddDays(-1)], Noon));
        Assert.Equal(Noon.AddDays(1), budget.FullUntil([Noon.AddDays(-6), Noon], Noon));
        Assert.Null(budget.FullUntil([Noon.AddDays(-7), Noon], Noon));
        Assert.Equal(Noon.AddDays(6), budget.FullUntil([Noon.AddDays(-6), Noon.AddDays(-1), Noon], Noon));
    }

    [Fact]
    public void Of_several_limits_the_one_that_is_full_longest_says_when()
    {
        var budget = new AttentionBudget([new(1, TimeSpan.FromHours(20)), new(2, TimeSpan.FromDays(7))], Counted);
        Assert.Equal(Noon.AddHours(20), budget.FullUntil([Noon], Noon));
        Assert.Equal(Noon.AddDays(4), budget.FullUntil([Noon, Noon.AddDays(-3)], Noon));
        Assert.Equal(TimeSpan.FromDays(7), budget.Longest);
        Assert.Equal("1 message in 20 hours, 2 messages in 7 days", budget.ToString());
    }

    [Fact]
    public void Service_messages_are_outside_of_it_and_without_a_limit_all_are()
    {
        var budget = new AttentionBudget([new(2, TimeSpan.FromDays(7))], [Purpose.Marketing]);
        Assert.True(budget.Covers(Purpose.Marketing));
        Assert.False(budget.Covers(Purpose.Feedback));
        Assert.False(AttentionBudget.None.Covers(Purpose.Marketing));
        Assert.Throws<ArgumentException>(() => new AttentionBudget([], [Purpose.Service]));
    }

    [Fact]
    public void The_higher_priority_goes_first_then_what_expires_first_then_what_was_planned_first_then_the_names()
    {
        var plain = new Bid(Guid.NewGuid(), "b", "1", 1, 50, Noon.AddDays(5), Noon);
        Bid[] ranked =
        [
            plain with { Priority = 51, ExpiresAt = null },
            plain with { ExpiresAt = Noon.AddDays(4) },
            plain with { PlannedAt = Noon.AddHours(-1) },
            plain with { Journey = "a" },
            plain,
            plain with { StepId = "2" },
            plain with { Occurrence = 2 },
            plain with { ExpiresAt = null },
            plain with { Priority = 49 },
        ];
        ranked = [.. ranked.Select(bid => bid with { DeliveryId = Guid.NewGuid() })];
        Bid[] expected = [ranked[0], ranked[1], ranked[2], ranked[3], ranked[4], ranked[6], ranked[5], ranked[7], ranked[8]];
        Assert.Equal(expected, Enumerable.Reverse(ranked).Order(Bid.ByRank));
    }
}
