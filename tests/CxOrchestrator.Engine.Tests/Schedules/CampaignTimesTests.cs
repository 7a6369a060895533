using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Engine.Tests.Times;

namespace CxOrchestrator.Engine.Tests.Schedules;

/// <summary>Schedules on the days on which clocks change, in every zone.</summary>
public sealed class CampaignTimesTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_daily_schedule_runs_once_on_every_day_on_which_clocks_change_whatever_its_time()
    {
        var looked = 0;
        foreach (var zone in ZoneYear.Kinds(NewYear, 365))
        {
            foreach (var change in ZoneYear.Changes(zone, NewYear, 365))
            {
                // Times of day up to four hours around the change, on the old clock and on the new one.
                for (var minutes = -240; minutes <= 240; minutes += 15)
                {
                    RunsOnceADay(zone, change, TimeOnly.FromDateTime(ZoneYear.Local(change.AddMinutes(minutes), zone)));
                    RunsOnceADay(zone, change, TimeOnly.FromDateTime(ZoneYear.Local(change.AddMinutes(-1), zone)).AddMinutes(minutes + 1));
                    looked += 2;
                }
            }
        }

        Assert.True(looked > 3_000, $"{looked} were looked at");
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(2, 30)]
    [InlineData(0, 0)]
    [InlineData(23, 45)]
    public void A_daily_schedule_runs_once_on_each_of_365_days_in_every_zone(int hour, int minute)
    {
        foreach (var zone in ZoneYear.Kinds(NewYear, 367))
        {
            var moments = Enumerable.Range(0, 367 * 24 / 5).Select(step => NewYear.AddDays(-1).AddHours(5 * step));
            var days = Runs(zone, new TimeOnly(hour, minute), moments).Select(run => DayOf(run, zone, new TimeOnly(hour, minute))).Where(day => day.Year == 2026).ToList();
            Assert.Equal(365, days.Count);
            Assert.Equal(365, days.Distinct().Count());
        }
    }

    [Theory]
    // Berlin skips 2 to 3 on 29 March and has 2 to 3 twice on 25 October; Lord Howe moves by half an hour; Cairo skips midnight to 1.
    [InlineData("Europe/Berlin", 2, 30, "2026-03-29", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", 2, 30, "2026-10-25", "2026-10-25T00:30Z")]
    [InlineData("Australia/Lord_Howe", 2, 15, "2026-10-04", "2026-10-03T15:30Z")]
    [InlineData("Australia/Lord_Howe", 1, 45, "2026-04-05", "2026-04-04T14:45Z")]
    [InlineData("Africa/Cairo", 0, 30, "2026-04-24", "2026-04-23T22:00Z")]
    public void A_time_that_is_skipped_runs_when_the_gap_ends_and_one_that_comes_twice_runs_the_first_time(string id, int hour, int minute, string day, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var noon = new DateTimeOffset(DateTime.Parse(day, null).AddHours(-12), TimeSpan.Zero);
        var runs = Runs(zone, new TimeOnly(hour, minute), Enumerable.Range(0, 3 * 288).Select(step => noon.AddDays(-1).AddMinutes(5 * step)))
            .Where(run => DateOnly.FromDateTime(ZoneYear.Local(run, zone)) == DateOnly.Parse(day, null));
        Assert.Equal(DateTimeOffset.Parse(expected, null), Assert.Single(runs));
    }

    [Fact]
    public void A_schedule_by_the_quarter_of_an_hour_goes_on_by_the_clock_over_every_change()
    {
        foreach (var zone in ZoneYear.Kinds(NewYear, 365))
        {
            foreach (var change in ZoneYear.Changes(zone, NewYear, 365))
            {
                var trigger = new ScheduleTrigger("0 0/15 * * * ?", zone.Id, null, null);
                var seen = change.AddHours(-5);
                var runs = new List<DateTimeOffset>();
                for (var now = seen; now <= change.AddHours(5); now = now.AddMinutes(5))
                {
                    if (CampaignTimes.NewestRun(trigger, seen, now) is not { } run)
                        continue;
                    runs.Add(run);
                    seen = run;
                }

                Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(15), pair.Second - pair.First));
                Assert.InRange(runs.Count, 39, 41);
            }
        }
    }

    private static void RunsOnceADay(TimeZoneInfo zone, DateTimeOffset change, TimeOnly time)
    {
        var moments = Enumerable.Range(-14, 29).Select(step => change.AddHours(5 * step)).Concat(Enumerable.Range(-8, 17).Select(step => change.AddMinutes(30 * step)));
        var runs = Runs(zone, time, moments.Distinct().Order());
        var days = runs.Select(run => DayOf(run, zone, time)).ToList();
        var first = DateOnly.FromDateTime(ZoneYear.Local(change.AddDays(-1), zone));
        for (var day = first; day < first.AddDays(3); day = day.AddDays(1))
            Assert.True(days.Count(one => one == day) == 1, $"{zone.Id} at {time}, clocks change at {change:u}: {days.Count(one => one == day)} runs on {day}: {string.Join(", ", runs.Select(run => run.ToString("u")))}");
        foreach (var run in runs.Where(run => TimeOnly.FromDateTime(ZoneYear.Local(run, zone)) != time))
            Assert.True(run == change, $"{zone.Id} at {time}: ran at {ZoneYear.Local(run, zone)}, which is neither its time nor the end of the gap");
    }

    // The day for which a run is: of a time that is skipped, the day on which the clock would have shown it (23:30 of 28 March in Nuuk runs at midnight).
    private static DateOnly DayOf(DateTimeOffset run, TimeZoneInfo zone, TimeOnly time)
    {
        var local = ZoneYear.Local(run, zone);
        var skippedFrom = ZoneYear.Local(run.AddTicks(-1), zone).AddTicks(1);
        return DateOnly.FromDateTime(TimeOnly.FromDateTime(local) != time && TimeOnly.FromDateTime(skippedFrom) <= time ? skippedFrom : local);
    }

    // As the engine asks: what is the newest run since the last, now and again a while later.
    private static List<DateTimeOffset> Runs(TimeZoneInfo zone, TimeOnly time, IEnumerable<DateTimeOffset> moments)
    {
        var trigger = new ScheduleTrigger($"0 {time.Minute} {time.Hour} * * ?", zone.Id, null, null);
        var runs = new List<DateTimeOffset>();
        DateTimeOffset? seen = null;
        foreach (var now in moments)
        {
            if (CampaignTimes.NewestRun(trigger, seen ?? now, now) is { } run)
            {
                runs.Add(run);
                seen = run;
            }

            seen ??= now;
        }

        return runs;
    }
}
