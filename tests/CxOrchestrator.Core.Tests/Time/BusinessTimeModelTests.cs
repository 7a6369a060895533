namespace CxOrchestrator.Core.Tests.Time;

/// <summary>
/// Business time against a model that looks at every minute: an office is open from the first minute whose clock shows the opening, or later, up to the first
/// that shows the closing, or later.
/// </summary>
public sealed class BusinessTimeModelTests
{
    private const int Days = 12;

    [Fact]
    public void Business_hours_are_counted_as_minute_by_minute_in_all_zones_around_changes_of_the_clocks()
    {
        var random = new Random(29);
        var changes = Changes(random).ToList();
        Assert.True(changes.Count > 200, $"{changes.Count} changes");
        foreach (var (zone, change) in changes)
        {
            var calendar = Calendar(random, zone, change);
            var begin = change.AddDays(-3);
            var open = Minutes(calendar, begin);
            for (var round = 0; round < 20; round++)
            {
                var from = random.Next(2 * 1440, 4 * 1440);
                var amount = random.Next(1, 900);
                var at = begin.AddMinutes(from);
                var why = $"{zone.Id} from {at:o}, {amount} minutes; {string.Join("; ", calendar.Week!.Select(day => $"{day.Key} {day.Value}"))}";
                if (After(open, from, amount) is { } end)
                {
                    Assert.True(begin.AddMinutes(end) == calendar.Add(at, TimeSpan.FromMinutes(amount)), $"{why}: {calendar.Add(at, TimeSpan.FromMinutes(amount)):o}, not {begin.AddMinutes(end):o}");
                    var part = TimeSpan.FromMinutes(random.Next(1, amount + 1));
                    Assert.True(part.TotalMinutes == amount || calendar.Add(calendar.Add(at, part), TimeSpan.FromMinutes(amount) - part) == begin.AddMinutes(end), $"{why}: not in two parts");
                }

                if (Array.IndexOf(open, true, from) is >= 0 and var next)
                    Assert.True(begin.AddMinutes(next) == calendar.NextOpen(at), $"{why}: opens {calendar.NextOpen(at):o}, not {begin.AddMinutes(next):o}");
            }
        }
    }

    private static int? After(bool[] open, int from, int amount)
    {
        for (var minute = from; minute < open.Length; minute++)
        {
            if (open[minute] && --amount == 0)
                return minute + 1;
        }

        return null;
    }

    private static bool[] Minutes(BusinessCalendar calendar, DateTimeOffset begin)
    {
        var clock = Enumerable.Range(0, Days * 1440).Select(minute => LocalTime.InZone(begin.AddMinutes(minute), calendar.Zone)).ToArray();
        var open = new bool[clock.Length];
        for (var day = DateOnly.FromDateTime(clock[0]).AddDays(-1); day <= DateOnly.FromDateTime(clock[^1]); day = day.AddDays(1))
        {
            foreach (var span in calendar.HoursOn(day).Spans)
            {
                var (opens, closes) = (First(day, span.From.ToTimeSpan()), First(day, span.From.ToTimeSpan() + span.Length));
                for (var minute = opens; minute < closes; minute++)
                    open[minute] = true;
            }
        }

        return open;

        int First(DateOnly day, TimeSpan time)
        {
            var shown = day.ToDateTime(TimeOnly.MinValue) + time;
            var minute = Array.FindIndex(clock, local => local >= shown);
            return minute < 0 ? clock.Length : minute;
        }
    }

    private static BusinessCalendar Calendar(Random random, TimeZoneInfo zone, DateTimeOffset change)
    {
        var day = DateOnly.FromDateTime(change.UtcDateTime);
        var week = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(5) > 0).ToDictionary(one => one, _ => Hours(random));
        if (week.Count == 0)
            week[DayOfWeek.Monday] = Hours(random);
        return BusinessCalendar.Default with
        {
            Zone = zone,
            Week = week,
            Holidays = new HashSet<DateOnly> { day.AddDays(random.Next(-3, 9)) },
            OtherHours = new Dictionary<DateOnly, OpenHours> { [day.AddDays(random.Next(-3, 9))] = Hours(random) },
        };
    }

    // One span, two, or a night; on quarters of an hour, often close to the hours at which clocks change.
    private static OpenHours Hours(Random random)
    {
        while (true)
        {
            var times = Enumerable.Range(0, random.Next(3) == 0 ? 4 : 2).Select(_ => TimeSpan.FromMinutes(15 * random.Next(96))).ToArray();
            if (random.Next(3) > 0)
                Array.Sort(times);
            var text = string.Join(", ", times.Chunk(2).Select(pair => $"{pair[0]:hh\\:mm}-{pair[1]:hh\\:mm}"));
            if (OpenHours.TryParse(text, out var hours, out _))
                return hours;
        }
    }

    private static IEnumerable<(TimeZoneInfo Zone, DateTimeOffset Change)> Changes(Random random)
    {
        foreach (var zone in Zones.All.Order(StringComparer.Ordinal).Select(id => TimeZoneInfo.FindSystemTimeZoneById(id)))
        {
            // One change to each side, as a rule: it goes on with the day on which it was seen.
            var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(random.Next(400));
            for (var change = 0; change < 2; change++)
            {
                var offset = zone.GetUtcOffset(at);
                var ahead = Enumerable.Range(1, 370).FirstOrDefault(days => zone.GetUtcOffset(at.AddDays(days)) != offset);
                if (ahead == 0)
                    break;
                at = at.AddDays(ahead);
                yield return (zone, at);
            }
        }
    }
}
