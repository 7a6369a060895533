using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class ShareSpreadTests
{
    [Theory]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.1, 100, 10)]
    [InlineData(0.01, 100, 1)]
    [InlineData(0.25, 8, 2)]
    [InlineData(0.33, 100, 33)]
    [InlineData(0.07, 1000, 70)]
    [InlineData(1.0, 5, 5)]
    [InlineData(0.0, 50, 0)]
    public void A_share_of_few_calls_is_that_share_of_them(double share, int calls, int picked)
    {
        var spread = new ShareSpread(share);

        Assert.Equal(picked, Enumerable.Range(0, calls).Count(_ => spread.Next()));
    }

    [Fact]
    public void The_calls_that_are_picked_are_evenly_apart()
    {
        var spread = new ShareSpread(0.2);

        var picked = Enumerable.Range(1, 20).Where(_ => spread.Next()).ToList();

        Assert.Equal([5, 10, 15, 20], picked);
    }
}
