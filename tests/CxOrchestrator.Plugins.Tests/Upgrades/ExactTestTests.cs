using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class ExactTestTests
{
    [Theory]
    // Fisher's lady tasting tea: 17 of 70 ways, and 1 of 70.
    [InlineData(3, 4, 1, 4, 17.0 / 70)]
    [InlineData(4, 4, 0, 4, 1.0 / 70)]
    // Three of 20 against none of 180: 20 choose 3 of 200 choose 3 ways.
    [InlineData(3, 20, 0, 180, 1140.0 / 1_313_400)]
    [InlineData(2, 20, 0, 180, 190.0 / 19_900)]
    [InlineData(0, 20, 7, 180, 1.0)]
    [InlineData(20, 20, 180, 180, 1.0)]
    [InlineData(5, 20, 0, 0, 1.0)]
    [InlineData(0, 0, 5, 20, 1.0)]
    public void The_chance_is_what_counting_the_ways_gives(int marked, int calls, int otherMarked, int otherCalls, double chance) =>
        Assert.Equal(chance, ExactTest.ChanceOfAtLeast(marked, calls, otherMarked, otherCalls), 1e-7);

    [Fact]
    public void Many_calls_are_no_trouble()
    {
        Assert.InRange(ExactTest.ChanceOfAtLeast(300, 3_000, 2_700, 27_000), 0.45, 0.55);
        Assert.InRange(ExactTest.ChanceOfAtLeast(900, 3_000, 270, 27_000), 0, 1e-100);
    }
}
