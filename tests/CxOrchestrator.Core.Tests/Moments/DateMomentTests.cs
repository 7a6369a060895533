using System.Text.Json;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Core.Tests.Moments;

public sealed class DateMomentTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeOnly Nine = new(9, 0);

    [Theory]
    [InlineData("\"1990-02-28\"", 1990, 2, 28)]
    [InlineData("\" 1990-02-28 \"", 1990, 2, 28)]
    [InlineData("\"2026-12-01T00:00:00Z\"", 2026, 12, 1)]
    [InlineData("\"2026-12-01T00:00:00.000+00:00\"", 2026, 12, 1)]
    [InlineData("\"2026-12-01T23:30:00Z\"", 2026, 12, 2)]
    [InlineData("\"2026-12-01T23:30:00+01:00\"", 2026, 12, 1)]
    [InlineData("\"2026-12-01 08:15\"", 2026, 12, 1)]
    [InlineData("\"--02-29\"", null, 2, 29)]
    [InlineData("\"12-24\"", null, 12, 24)]
    [InlineData("\"1990-02-29\"", null, 0, 0)]
    [InlineData("\"--02-30\"", null, 0, 0)]
    [InlineData("\"24.12.1990\"", null, 0, 0)]
    [InlineData("\"12/24/1990\"", null, 0, 0)]
    [InlineData("\"tomorrow\"", null, 0, 0)]
    [InlineData("\"\"", null, 0, 0)]
    [InlineData("19900228", null, 0, 0)]
    [InlineData("null", null, 0, 0)]
    [InlineData("{}", null, 0, 0)]
    public void Dates_are_read_as_systems_write_them(string json, int? year, int month, int day) =>
        Assert.Equal(month == 0 ? null : new CustomerDate(year, month, day), CustomerDate.Read(JsonSerializer.Deserialize<JsonElement>(json), Berlin));

    [Fact]
    public void A_birthday_comes_every_year_at_nine_where_the_customer_lives()
    {
        var (newest, next) = DateMoments.Around(Yearly(), new CustomerDate(1990, 7, 4), Berlin, Utc("2026-07-04T06:59:59Z"));
        Assert.Equal((Utc("2025-07-04T07:00:00Z"), Utc("2026-07-04T07:00:00Z"), new DateOnly(2026, 7, 4)), (newest!.At, next!.At, next.Day));
        (newest, next) = DateMoments.Around(Yearly(), new CustomerDate(null, 7, 4), Berlin, next.At);
        Assert.Equal((Utc("2026-07-04T07:00:00Z"), Utc("2027-07-04T07:00:00Z")), (newest!.At, next!.At));
    }

    [Theory]
    [InlineData(2027, "2027-02-28T08:00:00Z")]
    [InlineData(2028, "2028-02-29T08:00:00Z")]
    public void A_birthday_on_29_February_is_kept_on_28_February_where_the_year_has_no_29th(int year, string at) =>
        Assert.Equal(Utc(at), DateMoments.Around(Yearly(), new CustomerDate(1992, 2, 29), Berlin, new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)).Next!.At);

    [Fact]
    public void A_day_before_a_birthday_may_lie_in_the_year_before()
    {
        var trigger = Yearly() with { Shift = new(0, -5) };
        var (newest, next) = DateMoments.Around(trigger, new CustomerDate(1990, 1, 2), Berlin, Utc("2026-12-28T12:00:00Z"));
        Assert.Equal((Utc("2026-12-28T08:00:00Z"), new DateOnly(2027, 1, 2)), (newest!.At, newest.Day));
        Assert.Equal(Utc("2027-12-28T08:00:00Z"), next!.At);
        Assert.Equal(Utc("2026-12-02T08:00:00Z"), DateMoments.Around(Yearly() with { Shift = new(-1, 0) }, new CustomerDate(1990, 1, 2), Berlin, Utc("2026-06-01T00:00:00Z")).Next!.At);
        Assert.Equal(new DateOnly(2020, 3, 1), DateMoments.Around(Yearly() with { Shift = new(0, 3650) }, new CustomerDate(1990, 3, 1), Berlin, Utc("2029-12-01T00:00:00Z")).Next!.Day);
    }

    [Fact]
    public void A_date_that_comes_once_is_over_afterwards()
    {
        var trigger = new DateTrigger("ends", new(-1, 0), Nine, false, null, null);
        var (newest, next) = DateMoments.Around(trigger, new CustomerDate(2026, 3, 31), Berlin, Utc("2026-02-01T00:00:00Z"));
        Assert.Null(newest);
        Assert.Equal((Utc("2026-02-28T08:00:00Z"), new DateOnly(2026, 3, 31)), (next!.At, next.Day));
        (newest, next) = DateMoments.Around(trigger, new CustomerDate(2026, 3, 31), Berlin, next.At);
        Assert.Equal(new DateOnly(2026, 3, 31), newest!.Day);
        Assert.Null(next);
        Assert.Equal((null, null), DateMoments.Around(trigger, new CustomerDate(null, 3, 31), Berlin, Utc("2026-02-01T00:00:00Z")));
        Assert.Equal((null, null), DateMoments.Around(trigger, new CustomerDate(1, 1, 1), Berlin, Utc("2026-02-01T00:00:00Z")));
    }

    [Fact]
    public void A_time_of_day_that_the_clocks_skip_moves_on_with_them()
    {
        var (_, next) = DateMoments.Around(Yearly() with { At = new TimeOnly(2, 30) }, new CustomerDate(1990, 3, 29), Berlin, Utc("2026-03-01T00:00:00Z"));
        Assert.Equal(Utc("2026-03-29T01:30:00Z"), next!.At);
    }

    [Fact]
    public void The_day_of_birth_is_no_birthday()
    {
        var (newest, next) = DateMoments.Around(Yearly(), new CustomerDate(2026, 3, 5), Berlin, Utc("2026-03-02T00:00:00Z"));
        Assert.Null(newest);
        Assert.Equal(new DateOnly(2027, 3, 5), next!.Day);
        Assert.Equal(new DateOnly(2041, 3, 5), DateMoments.Around(Yearly(), new CustomerDate(2040, 3, 5), Berlin, Utc("2026-03-02T00:00:00Z")).Next!.Day);
    }

    [Theory]
    [InlineData("3 days", 0, 3)]
    [InlineData("1d", 0, 1)]
    [InlineData("2 Weeks", 0, 14)]
    [InlineData("1 month 3 days", 1, 3)]
    [InlineData("1 year", 12, 0)]
    public void Distances_are_read_and_said(string text, int months, int days)
    {
        Assert.True(DateShift.TryParse(text, out var shift, out _));
        Assert.Equal(new DateShift(months, days), shift);
        Assert.True(DateShift.TryParse(shift.ToString(), out var again, out _));
        Assert.Equal(shift, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-3 days")]
    [InlineData("3 hours")]
    [InlineData("3")]
    [InlineData("99999 days")]
    [InlineData("3 daysx")]
    public void What_is_no_distance_says_how_to_write_one(string? text)
    {
        Assert.False(DateShift.TryParse(text, out _, out var error));
        Assert.Contains("3 days, 2 weeks", error, StringComparison.Ordinal);
    }

    private static DateTrigger Yearly() => new("birthday", DateShift.None, Nine, true, null, null);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
