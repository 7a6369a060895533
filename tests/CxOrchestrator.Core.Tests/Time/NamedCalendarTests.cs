using System.Globalization;

namespace CxOrchestrator.Core.Tests.Time;

/// <summary>Calendars in the words of durations and timings.</summary>
public sealed class NamedCalendarTests
{
    private static readonly BusinessCalendar Support = ACalendar.Weekdays("Asia/Bangkok", "08:00-12:00, 13:00-17:00");

    [Theory]
    [InlineData("4 business hours", "4 business hours")]
    [InlineData("4bh", "4 business hours")]
    [InlineData("1 business hour 30 business minutes", "1 business hour 30 business minutes")]
    [InlineData("90 business mins", "1 business hour 30 business minutes")]
    [InlineData("2d, 1 business day and 4 business hours", "2d 1 business day 4 business hours")]
    [InlineData("1 business day in support", "1 business day in support")]
    [InlineData("4 Business Hours in Support", "4 business hours in support")]
    public void Durations_are_read_and_printed_back(string text, string printed)
    {
        Assert.True(DurationText.TryParse(text, out var duration, out var error), error);
        Assert.Equal(printed, duration.ToString());
        Assert.True(DurationText.TryParse(printed, out var again, out _));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("2 hours in support", "'2 hours in support' counts neither business days nor business hours")]
    [InlineData("2001 business hours", "longer than 2000 business hours")]
    [InlineData("1 business day in the office", "a number should stand where 'in' stands")]
    [InlineData("1 business day in", "a number should stand where 'in' stands")]
    public void What_counts_in_no_calendar_is_refused(string text, string reason)
    {
        Assert.False(DurationText.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 business day in support", "1 business day in support")]
    [InlineData("4 business hours", "4 business hours")]
    [InlineData("next business day 09:00 in support", "next business day 09:00 in support")]
    [InlineData("next business day at 9:00 in support in the customer's zone", "next business day 09:00 in support in the customer's zone")]
    [InlineData("2d on a business day in support", "2d on a business day in support")]
    [InlineData("monday in support", "monday in support")]
    [InlineData("monday 10:00 in support's zone", "monday 10:00 in support's zone")]
    [InlineData("3d in support's time zone", "3d in support's zone")]
    [InlineData("1 business day in company", "1 business day in company")]
    public void Timings_are_read_and_printed_back(string text, string printed)
    {
        Assert.True(TimingText.TryParse(text, out var timing, out var error), error);
        Assert.Equal(printed, timing.ToString());
        Assert.True(TimingText.TryParse(printed, out var again, out _));
        Assert.Equal(timing, again);
    }

    [Theory]
    [InlineData("3d in support", "counts neither business days nor business hours")]
    [InlineData("monday 10:00 in support", "the zone is 'in support's zone'")]
    [InlineData("2 business days in support then monday 10:00", "'in'")]
    [InlineData("next business day in support at 09:00", "the zone is")]
    [InlineData("1 business day in support in the company's zone", "the zone is")]
    public void A_calendar_stands_at_the_end_and_goes_with_business_days_and_hours(string text, string reason)
    {
        Assert.False(TimingText.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    // Friday 20:00 in Berlin is Saturday 02:00 in Bangkok.
    [InlineData("1 business day in support", "2026-11-20T20:00+01:00", "2026-11-24T08:00+07:00")]
    [InlineData("5 business hours in support", "2026-11-20T20:00+01:00", "2026-11-23T14:00+07:00")]
    [InlineData("next business day in support", "2026-11-20T20:00+01:00", "2026-11-23T08:00+07:00")]
    [InlineData("next business day 09:00 in support", "2026-11-19T12:00+07:00", "2026-11-20T09:00+07:00")]
    [InlineData("next business day 09:00 in support in the customer's zone", "2026-11-20T20:00+01:00", "2026-11-23T09:00+01:00")]
    [InlineData("monday 10:00 in support's zone", "2026-11-20T20:00+01:00", "2026-11-23T10:00+07:00")]
    [InlineData("4 business hours at 12:00 in support", "2026-11-23T09:00+07:00", "2026-11-24T12:00+07:00")]
    public void They_come_to_the_time_that_the_office_means(string text, string from, string expected)
    {
        Assert.True(TimingText.TryParse(text, out var timing, out var error), error);
        Assert.Equal("support", timing.Calendar);
        Assert.Equal(At(expected), timing.Resolve(At(from), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Support));
    }

    [Theory]
    [InlineData("1 business day", "1 business day in support")]
    [InlineData("4 business hours", "4 business hours in support")]
    [InlineData("next business day 09:00", "next business day 09:00 in support in the customer's zone")]
    [InlineData("2 days at 12:00 in the company's zone", "2d at 12:00 in support's zone")]
    [InlineData("1 business day in bangkok", "1 business day in bangkok")]
    [InlineData("3d", "3d")]
    [InlineData("monday 10:00", "monday 10:00")]
    public void A_journeys_calendar_stands_in_where_the_companys_would_be_asked(string text, string counted)
    {
        Assert.True(TimingText.TryParse(text, out var timing, out _));
        var inSupport = timing.CountedIn("support");
        Assert.Equal(counted, inSupport.ToString());
        Assert.Same(inSupport, inSupport.CountedIn("other"));
        var from = At("2026-11-20T11:00Z");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        // The same as the company's own calendar would say if it were this one.
        Assert.Equal(timing.Resolve(from, zone, Support), inSupport.Resolve(from, zone, Support));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
