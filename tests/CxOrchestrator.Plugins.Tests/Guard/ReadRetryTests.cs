using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;

namespace CxOrchestrator.Plugins.Tests.Guard;

public sealed class ReadRetryTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(1);

    [Fact]
    public void Pauses_grow_up_to_a_limit()
    {
        var retry = new ReadRetry(8, () => 0.5);

        Assert.Equal(
            [200, 400, 800, 1600, 3200, 5000, 5000],
            Enumerable.Range(1, 7).Select(tried => (int)retry.Pause(CallKind.Read, tried, Plenty)!.Value.TotalMilliseconds));
    }

    [Fact]
    public void Pauses_are_spread_from_a_half_to_one_and_a_half()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(100), new ReadRetry(2, () => 0).Pause(CallKind.Read, 1, Plenty));
        Assert.Equal(TimeSpan.FromMilliseconds(300), new ReadRetry(2, () => 1).Pause(CallKind.Read, 1, Plenty));
    }

    [Theory]
    [InlineData(CallKind.Send)]
    [InlineData(CallKind.Write)]
    public void Only_reads_are_repeated(CallKind kind) => Assert.Null(new ReadRetry(2, () => 0).Pause(kind, 1, Plenty));

    [Fact]
    public void They_are_repeated_only_so_often() => Assert.Null(new ReadRetry(2, () => 0).Pause(CallKind.Read, 3, Plenty));

    [Fact]
    public void A_pause_that_would_outlast_the_time_limit_is_not_begun() =>
        Assert.Null(new ReadRetry(2, () => 0.5).Pause(CallKind.Read, 1, TimeSpan.FromMilliseconds(200)));
}
