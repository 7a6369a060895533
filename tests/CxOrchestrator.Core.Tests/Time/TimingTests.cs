using System.Globalization;

namespace CxOrchestrator.Core.Tests.Time;

public sealed class TimingTests
{
    private static readonly BusinessCalendar Berlin = BusinessCalendar.Default with
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
        Holidays = new HashSet<DateOnly> { new(2026, 12, 25) },
    };

    [Theory]
    // Bangkok is UTC+7 all year. 2026-11-20 is a Friday.
    [InlineData("3d", "2026-11-20T10:00+07:00", "2026-11-23T10:00+07:00")]
    [InlineData("2 days at 18:30", "2026-11-20T20:00+07:00", "2026-11-22T18:30+07:00")]
    [InlineData("at 18:30", "2026-11-20T20:00+07:00", "2026-11-21T18:30+07:00")]
    [InlineData("at 18:30", "2026-11-20T18:00+07:00", "2026-11-20T18:30+07:00")]
    [InlineData("3h at 18:30", "2026-11-20T17:00+07:00", "2026-11-21T18:30+07:00")]
    [InlineData("next business day 09:00", "2026-11-20T08:00+07:00", "2026-11-23T09:00+07:00")]
    [InlineData("next business day 09:00", "2026-11-23T08:00+07:00", "2026-11-24T09:00+07:00")]
    [InlineData("2d at 09:00 on a business day", "2026-11-19T08:00+07:00", "2026-11-23T09:00+07:00")]
    [InlineData("monday 10:00", "2026-11-23T09:00+07:00", "2026-11-23T10:00+07:00")]
    [InlineData("monday 10:00", "2026-11-23T11:00+07:00", "2026-11-30T10:00+07:00")]
    [InlineData("7d then monday 10:00", "2026-11-23T09:00+07:00", "2026-11-30T10:00+07:00")]
    [InlineData("monday 10:00 in the company's zone", "2026-11-23T11:00+07:00", "2026-11-23T10:00+01:00")]
    public void Words_come_to_the_time_that_people_expect(string words, string from, string expected)
    {
        Assert.True(TimingText.TryParse(words, out var timing, out var error), error);
        Assert.Equal(At(expected), timing.Resolve(At(from), TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok"), Berlin));
    }

    [Theory]
    // Berlin goes to summer time on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    [InlineData("1d", "2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00")]
    [InlineData("24h", "2026-03-28T12:00+01:00", "2026-03-29T13:00+02:00")]
    [InlineData("1d", "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00")]
    [InlineData("1d", "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00")]
    [InlineData("1d at 02:30", "2026-10-24T12:00+02:00", "2026-10-25T02:30+02:00")]
    [InlineData("1d at 02:30", "2026-03-28T12:00+01:00", "2026-03-29T03:30+02:00")]
    public void Days_are_days_of_the_calendar_over_a_change_of_the_clocks(string words, string from, string expected)
    {
        Assert.True(TimingText.TryParse(words, out var timing, out _));
        Assert.Equal(At(expected), timing.Resolve(At(from), Berlin.Zone, Berlin));
    }

    [Theory]
    [InlineData("1 business day", "2026-11-20T10:00+01:00", "2026-11-23T10:00+01:00")]
    [InlineData("1 business day", "2026-11-20T23:00+01:00", "2026-11-24T09:00+01:00")]
    [InlineData("1 business day", "2026-11-21T12:00+01:00", "2026-11-24T09:00+01:00")]
    [InlineData("1 business day", "2026-11-23T06:00+01:00", "2026-11-24T09:00+01:00")]
    [InlineData("2 business days", "2026-12-24T10:00+01:00", "2026-12-29T10:00+01:00")]
    [InlineData("next business day 12:00", "2026-12-24T10:00+01:00", "2026-12-28T12:00+01:00")]
    public void Business_days_leave_out_nights_weekends_and_holidays(string words, string from, string expected)
    {
        Assert.True(TimingText.TryParse(words, out var timing, out _));
        Assert.Equal(At(expected), timing.Resolve(At(from), Berlin.Zone, Berlin));
    }

    [Fact]
    public void A_calendar_without_a_business_day_ends_all_the_same()
    {
        var never = BusinessCalendar.Default with { Days = new HashSet<DayOfWeek>() };
        var from = At("2026-11-20T10:00+00:00");
        Assert.True(Timing.In(new Duration(0, 3, TimeSpan.Zero)).Resolve(from, TimeZoneInfo.Utc, never) > from);
        Assert.True(new Timing(Duration.Zero, null, true, null, ZoneOf.Company).Resolve(from, TimeZoneInfo.Utc, never) > from);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
