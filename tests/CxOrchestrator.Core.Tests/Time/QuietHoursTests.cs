using System.Globalization;

namespace CxOrchestrator.Core.Tests.Time;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Bangkok = TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok");

    [Theory]
    [InlineData("2026-11-20T20:59+07:00", "2026-11-20T20:59+07:00")]
    [InlineData("2026-11-20T21:00+07:00", "2026-11-21T08:00+07:00")]
    [InlineData("2026-11-21T00:00+07:00", "2026-11-21T08:00+07:00")]
    [InlineData("2026-11-21T07:59+07:00", "2026-11-21T08:00+07:00")]
    [InlineData("2026-11-21T08:00+07:00", "2026-11-21T08:00+07:00")]
    public void Over_midnight_they_end_in_the_morning(string now, string expected) =>
        Assert.Equal(At(expected), QuietHours.NextAllowed(At(now), Bangkok, new TimeOnly(21, 0), new TimeOnly(8, 0)));

    [Fact]
    public void Without_hours_every_time_is_allowed()
    {
        var now = At("2026-11-20T23:00+07:00");
        Assert.Equal(now, QuietHours.NextAllowed(now, Bangkok, null, null));
        Assert.Equal(now, QuietHours.NextAllowed(now, Bangkok, new TimeOnly(21, 0), null));
        Assert.Equal(now, QuietHours.NextAllowed(now, Bangkok, new TimeOnly(21, 0), new TimeOnly(21, 0)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
