namespace CxOrchestrator.Core.Tests.Time;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("3d", 3, 0, 0)]
    [InlineData("2 hours", 0, 0, 7200)]
    [InlineData("1h 30m", 0, 0, 5400)]
    [InlineData("1h30m", 0, 0, 5400)]
    [InlineData("1 hour and 30 minutes", 0, 0, 5400)]
    [InlineData("2 days, 3 hours", 2, 0, 10800)]
    [InlineData("90 minutes", 0, 0, 5400)]
    [InlineData("2 weeks", 14, 0, 0)]
    [InlineData("1 business day", 0, 1, 0)]
    [InlineData("3 Business Days", 0, 3, 0)]
    [InlineData("  45  s ", 0, 0, 45)]
    [InlineData("0s", 0, 0, 0)]
    public void Words_that_people_use_are_read(string text, int days, int businessDays, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration, out _));
        Assert.Equal(new Duration(days, businessDays, TimeSpan.FromSeconds(seconds)), duration);
    }

    [Theory]
    [InlineData("", "A duration is missing")]
    [InlineData(null, "A duration is missing")]
    [InlineData("3", "'3' has no unit")]
    [InlineData("3x", "'x' is no unit of time")]
    [InlineData("d3", "a number should stand where 'd3' stands")]
    [InlineData("-3d", "can't be negative")]
    [InlineData("1.5h", "whole numbers")]
    [InlineData("2 months", "months vary in length")]
    [InlineData("1d 2 fortnights", "'fortnights' is no unit of time")]
    [InlineData("9999d", "longer than 3660 days")]
    [InlineData("99999999999d", "no unit of time")]
    [InlineData("999999999w 999999999w", "longer than 3660 days")]
    public void Anything_else_is_refused_with_the_reason_and_examples(string? text, string reason)
    {
        Assert.False(DurationText.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains("1 business day", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_is_read_back()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var duration = new Duration(random.Next(0, 3) * random.Next(400), random.Next(0, 2) * random.Next(30),
                TimeSpan.FromSeconds(random.Next(0, 2) * random.Next(400_000)));
            Assert.True(DurationText.TryParse(duration.ToString(), out var again, out var error), error);
            Assert.Equal(duration, again);
        }
    }
}
