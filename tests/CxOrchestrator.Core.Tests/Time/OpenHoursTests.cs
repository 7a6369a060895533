namespace CxOrchestrator.Core.Tests.Time;

public sealed class OpenHoursTests
{
    [Theory]
    [InlineData("09:00-17:30", "09:00-17:30", 510)]
    [InlineData("9:00 - 12:00,13:00-18:00", "09:00-12:00, 13:00-18:00", 480)]
    [InlineData("22:00-06:00", "22:00-06:00", 480)]
    [InlineData("10:00-12:00, 22:00-02:00", "10:00-12:00, 22:00-02:00", 360)]
    [InlineData("00:00-24:00", "00:00-24:00", 1440)]
    [InlineData("00:00-00:00", "00:00-24:00", 1440)]
    [InlineData("18:00-24:00", "18:00-24:00", 360)]
    public void Hours_are_read_and_printed_back(string text, string printed, int minutes)
    {
        Assert.True(OpenHours.TryParse(text, out var hours, out var error), error);
        Assert.Equal((printed, TimeSpan.FromMinutes(minutes)), (hours.ToString(), hours.Length));
        Assert.True(OpenHours.TryParse(hours.ToString(), out var again, out _));
        Assert.Equal(hours.Spans, again.Spans);
    }

    [Theory]
    [InlineData("", "a span of hours is missing")]
    [InlineData(null, "a span of hours is missing")]
    [InlineData("09:00-12:00,", "a span of hours is missing")]
    [InlineData("nine to five", "'nine to five' is no span of hours")]
    [InlineData("09:00-25:00", "'09:00-25:00' is no span of hours")]
    [InlineData("24:00-25:00", "is no span of hours")]
    [InlineData("09:00-12:00, 11:00-13:00", "11:00-13:00 begins before 09:00-12:00 has ended")]
    [InlineData("22:00-06:00, 08:00-12:00", "08:00-12:00 begins before 22:00-06:00 has ended")]
    [InlineData("05:00-08:00, 22:00-06:00", "22:00-06:00 reaches beyond 05:00-08:00 of the next day")]
    public void Anything_else_is_refused_with_the_reason(string? text, string reason)
    {
        Assert.False(OpenHours.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
