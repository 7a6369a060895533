namespace CxOrchestrator.Core.Tests.Time;

/// <summary>Laws that hold in every zone at every change of its clocks from 2020 to 2030.</summary>
public sealed class EveryZoneTests
{
    private static readonly BusinessCalendar Calendar = BusinessCalendar.Default;

    [Fact]
    public void A_local_time_becomes_the_first_instant_that_shows_it_or_moves_forward_by_what_is_skipped()
    {
        foreach (var (zone, change) in Changes())
        {
            for (var minutes = -180; minutes <= 180; minutes += 15)
            {
                var local = LocalTime.InZone(change, zone).AddMinutes(minutes);
                var instant = LocalTime.ToInstant(local, zone);
                var shown = LocalTime.InZone(instant, zone);
                Assert.True(shown >= local, $"{zone.Id} {local}: moved back to {shown}");
                if (shown == local)
                    Assert.False(EarlierShows(instant, local, zone), $"{zone.Id} {local}: took the second");
                else
                    Assert.Equal(zone.GetUtcOffset(instant) - zone.GetUtcOffset(instant.AddHours(-4)), shown - local);
            }
        }
    }

    [Fact]
    public void Days_keep_the_time_of_day_and_never_go_back()
    {
        foreach (var (zone, change) in Changes())
        {
            foreach (var hours in (int[])[-50, -30, -25, -24, -23, -12, -2, -1, 0, 1, 2, 12])
            {
                var from = change.AddHours(hours);
                var later = Duration.OfDays(1).Add(from, zone, Calendar);
                Assert.InRange(later - from, TimeSpan.FromHours(20), TimeSpan.FromHours(28));
                var expected = LocalTime.InZone(from, zone).AddDays(1);
                Assert.True(LocalTime.InZone(later, zone) >= expected, zone.Id);
                Assert.True(Duration.OfDays(2).Add(from, zone, Calendar) > later, zone.Id);
            }
        }
    }

    [Fact]
    public void A_time_of_day_is_never_before_the_beginning_and_shows_that_time_unless_it_is_skipped()
    {
        var timing = new Timing(Duration.Zero, new TimeOnly(2, 30), false, null, ZoneOf.Customer);
        foreach (var (zone, change) in Changes())
        {
            for (var hours = -30; hours <= 30; hours += 3)
            {
                var from = change.AddHours(hours);
                var at = timing.Resolve(from, zone, Calendar);
                Assert.InRange(at - from, TimeSpan.Zero, TimeSpan.FromHours(28));
                var shown = LocalTime.InZone(at, zone);
                Assert.True(shown.TimeOfDay == new TimeSpan(2, 30, 0) || zone.GetUtcOffset(at) != zone.GetUtcOffset(at.AddHours(-4)), $"{zone.Id} {shown}");
            }
        }
    }

    [Theory]
    [InlineData("21:00", "08:00")]
    [InlineData("00:00", "02:30")]
    [InlineData("01:30", "03:00")]
    [InlineData("13:00", "14:00")]
    public void Quiet_hours_end_at_the_first_moment_that_is_not_quiet(string from, string to)
    {
        var (begins, ends) = (TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));
        foreach (var (zone, change) in Changes())
        {
            for (var minutes = -900; minutes <= 900; minutes += 45)
            {
                var now = change.AddMinutes(minutes);
                var allowed = QuietHours.NextAllowed(now, zone, begins, ends);
                Assert.False(Quiet(allowed), $"{zone.Id} {now:o}");
                // A night that the clocks put back before its beginning stays one night.
                for (var at = now; at < allowed && zone.GetUtcOffset(at) >= zone.GetUtcOffset(now); at = at.AddMinutes(15))
                    Assert.True(Quiet(at), $"{zone.Id} {now:o}: {at:o} was allowed already, not only {allowed:o}");
                if (allowed > now)
                    Assert.True(Quiet(allowed.AddSeconds(-2)), $"{zone.Id} {now:o}: allowed before {allowed:o}");

                bool Quiet(DateTimeOffset at) => TimeOnly.FromDateTime(LocalTime.InZone(at, zone)).IsBetween(begins, ends);
            }
        }
    }

    [Fact]
    public void There_are_changes_to_look_at() => Assert.True(Changes().Count() > 500);

    private static bool EarlierShows(DateTimeOffset instant, DateTime local, TimeZoneInfo zone)
    {
        for (var minutes = 15; minutes <= 240; minutes += 15)
        {
            if (LocalTime.InZone(instant.AddMinutes(-minutes), zone) == local)
                return true;
        }

        return false;
    }

    private static IEnumerable<(TimeZoneInfo Zone, DateTimeOffset Change)> Changes()
    {
        foreach (var zone in Zones.All.Select(id => TimeZoneInfo.FindSystemTimeZoneById(id)))
        {
            var at = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var end = at.AddYears(10);
            for (var offset = zone.GetUtcOffset(at); at < end; at = at.AddHours(12))
            {
                if (zone.GetUtcOffset(at) == offset)
                    continue;
                var change = at;
                while (zone.GetUtcOffset(change.AddMinutes(-1)) != offset)
                    change = change.AddMinutes(-1);
                offset = zone.GetUtcOffset(at);
                yield return (zone, change);
            }
        }
    }
}
