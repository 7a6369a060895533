using System.Globalization;

namespace CxOrchestrator.Core.Tests.Time;

/// <summary>2026-11-20 is a Friday. Berlin's clocks go on at 02:00 on Sunday 2026-03-29 and back at 03:00 on Sunday 2026-10-25.</summary>
public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Office = ACalendar.Weekdays("Asia/Bangkok", "09:00-12:00, 13:00-18:00") with
    {
        Holidays = new HashSet<DateOnly> { new(2026, 11, 25) },
        OtherHours = new Dictionary<DateOnly, OpenHours> { [new(2026, 11, 26)] = ACalendar.Hours("09:00-12:00"), [new(2026, 11, 28)] = ACalendar.Hours("10:00-14:00") },
        EveryYear = new Dictionary<(int, int), OpenHours> { [(12, 31)] = OpenHours.None, [(12, 30)] = ACalendar.Hours("09:00-11:00") },
    };

    private static readonly BusinessCalendar Nights = ACalendar.Weekdays("Europe/Berlin", "22:00-06:00");

    [Theory]
    [InlineData(4, "2026-11-20T09:00+07:00", "2026-11-20T14:00+07:00")]
    [InlineData(4, "2026-11-20T12:30+07:00", "2026-11-20T17:00+07:00")]
    [InlineData(5, "2026-11-20T13:00+07:00", "2026-11-20T18:00+07:00")]
    [InlineData(1, "2026-11-20T18:00+07:00", "2026-11-23T10:00+07:00")]
    [InlineData(1, "2026-11-22T15:00+07:00", "2026-11-23T10:00+07:00")]
    [InlineData(1, "2026-11-20T06:00+07:00", "2026-11-20T10:00+07:00")]
    [InlineData(9, "2026-11-24T13:00+07:00", "2026-11-27T10:00+07:00")]
    [InlineData(6, "2026-11-27T16:00+07:00", "2026-11-28T14:00+07:00")]
    [InlineData(11, "2026-12-29T09:00+07:00", "2027-01-01T10:00+07:00")]
    public void Business_hours_pass_while_the_office_is_open_alone(int hours, string from, string expected) =>
        Assert.Equal(At(expected), Office.Add(At(from), TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData("2026-11-20T12:30+07:00", "2026-11-23T13:00+07:00")]
    [InlineData("2026-11-20T10:00+07:00", "2026-11-23T10:00+07:00")]
    [InlineData("2026-11-20T19:00+07:00", "2026-11-24T09:00+07:00")]
    // Wednesday is a holiday, and Thursday ends at noon.
    [InlineData("2026-11-24T16:00+07:00", "2026-11-26T12:00+07:00")]
    [InlineData("2026-11-26T13:00+07:00", "2026-11-28T10:00+07:00")]
    public void A_business_day_later_is_the_same_time_within_the_hours_of_that_day(string from, string expected) =>
        Assert.Equal(At(expected), Office.Add(At(from), 1));

    [Theory]
    // The night of Friday belongs to Friday, and ends on Saturday.
    [InlineData("2026-11-20T23:00+01:00", "2026-11-23T23:00+01:00")]
    [InlineData("2026-11-21T05:00+01:00", "2026-11-24T05:00+01:00")]
    [InlineData("2026-11-21T07:00+01:00", "2026-11-24T22:00+01:00")]
    public void A_night_belongs_to_the_day_on_which_it_begins(string from, string expected) => Assert.Equal(At(expected), Nights.Add(At(from), 1));

    [Theory]
    // Eight hours by the clock on the wall: the night in which an hour is skipped has seven, the one in which an hour comes twice has nine.
    [InlineData("2026-03-28T21:00+01:00", 7, "2026-03-29T06:00+02:00")]
    [InlineData("2026-03-28T21:00+01:00", 8, "2026-03-29T23:00+02:00")]
    [InlineData("2026-10-24T21:00+02:00", 9, "2026-10-25T06:00+01:00")]
    [InlineData("2026-10-24T21:00+02:00", 10, "2026-10-25T23:00+01:00")]
    public void Hours_that_the_clocks_skip_are_not_worked_and_those_that_come_twice_are(string from, int hours, string expected)
    {
        var weekends = ACalendar.In("Europe/Berlin", ("Saturday", "22:00-06:00"), ("Sunday", "22:00-06:00"));
        Assert.Equal(At(expected), weekends.Add(At(from), TimeSpan.FromHours(hours)));
    }

    [Fact]
    public void An_office_that_opens_in_the_hour_that_is_skipped_opens_with_the_change()
    {
        var early = ACalendar.In("Europe/Berlin", ("Sunday", "02:30-04:00"));
        Assert.Equal(At("2026-03-29T03:00+02:00"), early.NextOpen(At("2026-03-28T12:00+01:00")));
        Assert.Equal(At("2026-03-29T04:00+02:00"), early.Add(At("2026-03-28T12:00+01:00"), TimeSpan.FromHours(1)));
        var within = ACalendar.In("Europe/Berlin", ("Sunday", "02:00-03:00"), ("Monday", "09:00-10:00"));
        Assert.Equal(At("2026-03-30T09:00+02:00"), within.NextOpen(At("2026-03-28T12:00+01:00")));
        Assert.Equal(At("2026-10-25T02:30+02:00"), early.NextOpen(At("2026-10-24T12:00+02:00")));
    }

    [Fact]
    public void It_is_open_from_the_opening_up_to_and_not_with_the_closing()
    {
        Assert.Equal(At("2026-11-20T09:00+07:00"), Office.NextOpen(At("2026-11-20T09:00+07:00")));
        Assert.Equal(At("2026-11-20T11:59:59+07:00"), Office.NextOpen(At("2026-11-20T11:59:59+07:00")));
        Assert.Equal(At("2026-11-20T13:00+07:00"), Office.NextOpen(At("2026-11-20T12:00+07:00")));
        Assert.Equal(At("2026-11-28T10:00+07:00"), Office.NextOpen(At("2026-11-27T18:00+07:00")));
    }

    [Fact]
    public void A_calendar_that_never_opens_ends_all_the_same()
    {
        var never = BusinessCalendar.Default with { Days = new HashSet<DayOfWeek>() };
        Assert.Null(never.NextOpen(At("2026-11-20T09:00Z")));
        Assert.Equal(At("2026-11-20T12:00Z"), never.Add(At("2026-11-20T09:00Z"), TimeSpan.FromHours(3)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
