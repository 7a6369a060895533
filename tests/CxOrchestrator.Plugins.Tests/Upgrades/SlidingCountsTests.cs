using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class SlidingCountsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SlidingCounts _counts;

    public SlidingCountsTests() => _counts = new SlidingCounts(TimeSpan.FromMinutes(10), _time);

    [Fact]
    public void Calls_are_counted_by_how_they_went()
    {
        _counts.Add(CallOutcome.Good);
        _counts.Add(CallOutcome.Trouble);
        _time.Advance(TimeSpan.FromMinutes(1));
        _counts.Add(CallOutcome.Trouble);
        _counts.Add(CallOutcome.Rejected);

        Assert.Equal(new CallCounts(4, 2, 1), _counts.Now());
    }

    [Fact]
    public void A_call_that_is_older_than_the_window_is_counted_no_more()
    {
        _counts.Add(CallOutcome.Trouble);
        _time.Advance(TimeSpan.FromMinutes(9));
        _counts.Add(CallOutcome.Good);
        Assert.Equal(2, _counts.Now().Calls);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new CallCounts(1, 0, 0), _counts.Now());
    }

    [Fact]
    public void After_a_long_pause_nothing_is_left()
    {
        _counts.Add(CallOutcome.Trouble);
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(default, _counts.Now());
    }
}
