using CxOrchestrator.Host.Clock;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests.Clock;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2018, 11, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _real = new();

    [Fact]
    public void Customers_time_runs_as_many_times_as_fast_as_it_should()
    {
        var time = new ScaledTimeProvider(_real, Start, _real.GetUtcNow(), 8_640);
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Start.AddDays(1), time.GetUtcNow());
    }

    [Fact]
    public void After_a_restart_it_is_where_it_would_have_been()
    {
        var anchor = _real.GetUtcNow();
        var before = new ScaledTimeProvider(_real, Start, anchor, 1_000);
        _real.Advance(TimeSpan.FromHours(3));
        var after = new ScaledTimeProvider(_real, Start, anchor, 1_000);
        Assert.Equal(before.GetUtcNow(), after.GetUtcNow());
        Assert.Equal(Start.AddHours(3_000), after.GetUtcNow());
    }

    [Fact]
    public void A_change_of_speed_goes_on_from_the_time_it_is()
    {
        var time = new ScaledTimeProvider(_real, Start, _real.GetUtcNow(), 3_600);
        _real.Advance(TimeSpan.FromSeconds(24));
        time.Speed = 1;
        Assert.Equal(Start.AddDays(1), time.GetUtcNow());
        _real.Advance(TimeSpan.FromSeconds(24));
        Assert.Equal(Start.AddDays(1).AddSeconds(24), time.GetUtcNow());
    }

    [Fact]
    public void Its_timers_fire_when_customers_time_has_come()
    {
        var time = new ScaledTimeProvider(_real, Start, _real.GetUtcNow(), 60);
        var fired = false;
        using var timer = time.CreateTimer(_ => fired = true, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMilliseconds(900));
        Assert.False(fired);
        _real.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Time_that_stands_still_or_runs_back_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(_real, Start, _real.GetUtcNow(), speed));
}
