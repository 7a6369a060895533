using CxOrchestrator.Core.Nodes;
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

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_shares_of_all_nodes_together_are_the_rate(int nodes)
    {
        var share = new NodeShare { Part = 1.0 / nodes };
        var rates = Enumerable.Range(0, nodes).Select(_ => new RateLimit(24, _time, share)).ToList();

        Assert.Equal(24, rates.Sum(rate => Taken(rate, 100)));
        var taken = 0;
        for (var tick = 0; tick < 600; tick++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            taken += rates.Sum(rate => Taken(rate, 100));
        }

        Assert.InRange(taken, 24 * 60 - nodes, 24 * 60);
    }

    [Fact]
    public void A_newcomer_without_a_share_calls_nothing_and_begins_with_an_empty_bucket()
    {
        var share = new NodeShare { Part = 0 };
        var rate = new RateLimit(10, _time, share);
        Assert.Contains("left to the other nodes", rate.Take()!.Reason, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(rate.Take());

        share.Part = 0.5;
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(1, Taken(rate, 10));
        Assert.Contains("10 calls a second over all nodes", rate.Take()!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_shrinks_takes_what_was_saved_up_with_it()
    {
        var share = new NodeShare();
        var rate = new RateLimit(10, _time, share);

        share.Part = 0.2;

        Assert.Equal(2, Taken(rate, 100));
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
