using System.Globalization;

namespace CxOrchestrator.Templating.Tests.Language;

public sealed class DateTests
{
    private static readonly TemplateRenderOptions Vienna = new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna") };

    [Theory]
    [InlineData("{{ order.placed }}", "03 Feb 2026")]
    [InlineData("{{ order.placed | date.to_string '%a %A %b %B %d %e %j %m %y %Y %C' }}", "Tue Tuesday Feb February 03  3 034 02 26 2026 20")]
    [InlineData("{{ order.placed | date.to_string '%H %I %k %l %M %S %L %N %p %P' }}", "23 11 23 11 30 00 000 000000000 PM pm")]
    [InlineData("{{ order.placed | date.to_string '%F|%T|%D|%R|%r|%v|%Z|%s|%%|%q' }}",
        "2026-02-03|23:30:00|02/03/26|23:30|11:30:00 PM| 3-FEB-2026|+00:00|1770161400|%|%q")]
    [InlineData("{{ order.placed | date.to_string '%u %w %U %V %W' }}", "2 2 05 06 05")]
    [InlineData("{{ order.placed | date.add_days 30 }}|{{ order.placed | date.add_months 1 }}|{{ order.placed.year }}", "05 Mar 2026|03 Mar 2026|2026")]
    [InlineData("{{ date.parse '2026--07--04' '%Y--%m--%d' }}|{{ date.parse 'garbage' }}|{{ date.parse '' }}", "04 Jul 2026|01 Jan 0001|")]
    [InlineData("{{ d = (date.parse '2026-07-04') - (date.parse '2026-07-01'); d.days }}|{{ d }}", "3|3.00:00:00")]
    [InlineData("{{ date.format = '%F'; order.placed }}|{{ date.format = date.default_format; order.placed }}", "2026-02-03|03 Feb 2026")]
    [InlineData("{{ (timespan.from_hours 36).total_days }}|{{ timespan.parse '1.12:00:00' }}", "1.5|1.12:00:00")]
    public void Dates_are_formatted_read_and_counted(string template, string expected) => Assert.Equal(expected, Mail.Rendered(template));

    [Fact]
    public void A_date_is_on_the_clock_of_the_customers_zone() =>
        Assert.Equal("2026-02-04 00:30 +01:00", Mail.Rendered("{{ order.placed | date.to_string '%F %R %Z' }}", Vienna));

    [Fact]
    public void A_day_later_is_the_same_hour_over_a_change_of_the_clocks() => Assert.Equal("2026-03-29 10:00 +02:00", Mail.Rendered(
        "{{ d | date.add_days 1 | date.to_string '%F %R %Z' }}", Vienna, Mail.Map(("d", new DateTimeOffset(2026, 3, 28, 9, 0, 0, TimeSpan.Zero)))));

    [Fact]
    public void Two_moments_are_compared_whatever_their_offsets() => Assert.Equal("true|01:00:00", Mail.Rendered(
        "{{ a < b }}|{{ b - a }}", null, Mail.Map(
            ("a", new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2))), ("b", new DateTimeOffset(2026, 1, 1, 11, 0, 0, TimeSpan.Zero)))));

    [Fact]
    public void Names_of_days_and_months_are_in_the_customers_language() => Assert.Equal("Dienstag, 3. Februar", Mail.Rendered(
        "{{ order.placed | date.to_string '%A, ' }}{{ order.placed.day }}. {{ order.placed | date.to_string '%B' }}",
        new TemplateRenderOptions { Culture = CultureInfo.GetCultureInfo("de-DE") }));

    [Fact]
    public void Now_is_the_time_that_the_host_gives() => Assert.Equal("2026", Mail.Rendered(
        "{{ date.now.year }}", new TemplateRenderOptions { Now = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero) }));

    [Fact]
    public void A_time_without_a_date_isnt_given_todays() =>
        Assert.Equal("0001-01-01 10:30", Mail.Rendered("{{ date.parse '10:30' | date.to_string '%F %R' }}"));
}
