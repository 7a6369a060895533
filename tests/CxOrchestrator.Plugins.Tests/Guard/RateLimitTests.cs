using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Guard;

public sealed class RateLimitTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void One_seconds_worth_goes_at_once_and_then_one_at_a_time()
    {
        var rate = new RateLimit(4, _time);

        Assert.Equal(4, Taken(rate, 10));
        Assert.Equal(TimeSpan.FromSeconds(0.25), rate.Take()!.RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal(1, Taken(rate, 10));
    }

    [Fact]
    public void Over_a_minute_it_is_the_rate()
    {
        var rate = new RateLimit(5, _time);
        var taken = 0;
        for (var tick = 0; tick < 600; tick++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            taken += Taken(rate, 3);
        }

        Assert.InRange(taken, 300, 305);
    }

    [Fact]
    public void Less_than_one_a_second_works_too()
    {
        var rate = new RateLimit(0.1, _time);

        Assert.Equal(1, Taken(rate, 5));
        Assert.Equal(TimeSpan.FromSeconds(10), rate.Take()!.RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Taken(rate, 5));
    }

    [Fact]
    public void Zero_is_no_limit() => Assert.Equal(1000, Taken(new RateLimit(0, _time), 1000));

    private static int Taken(RateLimit rate, int tries) => Enumerable.Range(0, tries).Count(_ => rate.Take() is null);
}
