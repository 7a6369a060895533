using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class TrialRulesTests
{
    private static readonly UpgradeOptions Options = new();
    private readonly TrialRules _rules = new(Options);

    [Fact]
    public void The_numbers_are_what_the_documentation_says()
    {
        Assert.Equal(0.1, Options.Share);
        Assert.Equal(20, Options.MinCalls);
        Assert.Equal(TimeSpan.FromMinutes(10), Options.MinTime);
        Assert.Equal(50, Options.MinGoodCalls);
        Assert.Equal(0.05, Options.MaxErrorsOver);
        Assert.Equal(0.2, Options.MaxRejectionsOver);
        Assert.Equal(TimeSpan.FromMinutes(10), Options.Window);
        Assert.Equal(0.001, TrialRules.Significance);
    }

    [Theory]
    [InlineData(19, 19, 171, 0, false)] // fewer calls than are judged
    [InlineData(20, 6, 180, 0, true)] // 30 % against none
    [InlineData(20, 3, 180, 0, true)]
    [InlineData(20, 2, 180, 0, false)] // chance does that once in a hundred times
    [InlineData(20, 20, 180, 180, false)] // an outage of the service
    [InlineData(20, 6, 180, 54, false)] // both are as bad
    [InlineData(2_000, 90, 18_000, 0, false)] // no chance, but nobody minds 4.5 %
    [InlineData(2_000, 110, 18_000, 0, true)]
    [InlineData(20, 9, 10, 0, false)] // nothing to compare with
    [InlineData(20, 10, 10, 0, true)]
    public void A_version_goes_back_where_its_errors_are_many_more_and_no_chance(int calls, int errors, int activeCalls, int activeErrors, bool back)
    {
        var reason = _rules.Back(new CallCounts(calls, errors, 0), new CallCounts(activeCalls, activeErrors, 0));

        Assert.Equal(back, reason is not null);
    }

    [Theory]
    [InlineData(20, 4, 180, 0, false)] // 20 % refused is a list of bad addresses
    [InlineData(20, 5, 180, 0, true)]
    [InlineData(20, 5, 180, 40, false)]
    public void A_version_goes_back_where_far_more_is_refused(int calls, int refused, int activeCalls, int activeRefused, bool back)
    {
        var reason = _rules.Back(new CallCounts(calls, 0, refused), new CallCounts(activeCalls, 0, activeRefused));

        Assert.Equal(back, reason is not null);
    }

    [Fact]
    public void The_reason_tells_the_numbers()
    {
        var reason = _rules.Back(new CallCounts(20, 6, 0), new CallCounts(180, 2, 0));

        Assert.Equal(
            "6 of its 20 calls failed, were put off or have an unknown outcome (30 %), and 2 of 180 of the active version's (1 %)", reason);
    }

    [Theory]
    [InlineData(10, 50, 0, true)]
    [InlineData(9, 50, 0, false)]
    [InlineData(10, 49, 0, false)]
    [InlineData(10, 50, 3, false)] // 3 of 50 is above the floor, if not yet out of chance's reach
    public void A_version_goes_forward_after_enough_time_and_enough_good_calls(int minutes, long good, int errors, bool forward) =>
        Assert.Equal(forward, _rules.Forward(TimeSpan.FromMinutes(minutes), good, new CallCounts(50, errors, 0), new CallCounts(450, 0, 0)));
}
