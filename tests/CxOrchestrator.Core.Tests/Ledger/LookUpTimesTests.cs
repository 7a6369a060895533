using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Tests.Ledger;

public sealed class LookUpTimesTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(14, 15)]
    [InlineData(15, 60)]
    [InlineData(300, 720)]
    [InlineData(1439, 1440)]
    public void The_next_time_is_the_next_age(int minutes, int next) =>
        Assert.Equal(Since.AddMinutes(next), LookUpTimes.After(Since, Since.AddMinutes(minutes)));

    [Fact]
    public void After_a_day_there_is_none() => Assert.Null(LookUpTimes.After(Since, Since.AddDays(1)));
}
