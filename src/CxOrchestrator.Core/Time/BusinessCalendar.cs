namespace CxOrchestrator.Core;

/// <summary>When a company, or one office or team of it, works.</summary>
/// <param name="Zone">Its zone.</param>
/// <param name="Days">Working days of the week.</param>
/// <param name="Opens">Beginning of the working day: the earliest, where days differ.</param>
/// <param name="Closes">End of the working day: the latest, where days differ; on the next day where it is the earlier or the same.</param>
/// <param name="Holidays">Days off.</param>
public sealed record BusinessCalendar(
    TimeZoneInfo Zone, IReadOnlySet<DayOfWeek> Days, TimeOnly Opens, TimeOnly Closes, IReadOnlySet<DateOnly> Holidays)
{
    /// <summary>The name of the company's own calendar, which needs none to be said.</summary>
    public const string Company = "company";

    // Longer than any row of days off; a calendar that has none open in so many counts on as if it never closed.
    private const int FarthestDay = 400;

    /// <summary>Monday to Friday, 9 to 17, UTC, no holidays.</summary>
    public static BusinessCalendar Default { get; } = new(
        TimeZoneInfo.Utc,
        new HashSet<DayOfWeek> { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday },
        new TimeOnly(9, 0), new TimeOnly(17, 0), new HashSet<DateOnly>());

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = Company;

    /// <summary>The hours of each working day of the week; null where all are from <see cref="Opens"/> to <see cref="Closes"/>.</summary>
    public IReadOnlyDictionary<DayOfWeek, OpenHours>? Week { get; init; }

    /// <summary>Hours of single days: half days, and working days among days off. They go before everything else.</summary>
    public IReadOnlyDictionary<DateOnly, OpenHours> OtherHours { get; init; } = new Dictionary<DateOnly, OpenHours>();

    /// <summary>Hours of days of every year, <see cref="OpenHours.None"/> for a day off. Single days and their hours go before them.</summary>
    public IReadOnlyDictionary<(int Month, int Day), OpenHours> EveryYear { get; init; } = new Dictionary<(int Month, int Day), OpenHours>();

    /// <summary>Whether there is work on a day.</summary>
    public bool IsOpen(DateOnly day) => HoursOn(day).Spans.Count > 0;

    /// <summary>The hours of a day. What reaches beyond its midnight belongs to it, also where the next one is a day off.</summary>
    public OpenHours HoursOn(DateOnly day)
    {
        if (OtherHours.TryGetValue(day, out var other))
            return other;
        if (Holidays.Contains(day))
            return OpenHours.None;
        if (EveryYear.TryGetValue((day.Month, day.Day), out var yearly))
            return yearly;
        if (Week is not null)
            return Week.GetValueOrDefault(day.DayOfWeek, OpenHours.None);
        return Days.Contains(day.DayOfWeek) ? OpenHours.Of(OpenSpan.Between(Opens, Closes)) : OpenHours.None;
    }

    /// <summary>When the day begins: its first opening, or the usual one on a day off.</summary>
    public TimeOnly OpensOn(DateOnly day) => HoursOn(day).Spans is [var first, ..] ? first.From : Opens;

    /// <summary>
    /// A number of business days later, at the same time of day in the calendar's zone. A beginning outside working hours counts from the next opening:
    /// one business day from Friday night is Tuesday's opening, which leaves a whole working day. Where the day to which it leads has other hours, the time is
    /// moved into them: on to the next opening, or back to the end of the day.
    /// </summary>
    /// <param name="from">When it is counted from.</param>
    /// <param name="days">How many; 0 or more.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Add(DateTimeOffset from, int days)
    {
        var (day, time) = Begin(LocalTime.InZone(from, Zone));
        for (var left = days; left > 0; left--)
            day = NextDay(day);
        return LocalTime.ToInstant(day.ToDateTime(TimeOnly.MinValue) + HoursOn(day).Within(time), Zone);
    }

    /// <summary>
    /// So much open time later: only what lies in working hours counts, as it passes. Where it ends with the working day, that is closing time, not the next opening.
    /// </summary>
    /// <param name="from">When it is counted from.</param>
    /// <param name="open">How much; more than nothing.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan open)
    {
        var (at, left) = (from.ToUniversalTime(), open);
        while (NextOpening(at) is { } span)
        {
            if (left <= span.Closes - span.Opens)
                return span.Opens + left;
            left -= span.Closes - span.Opens;
            at = span.Closes;
        }

        return at + left;
    }

    /// <summary>The first moment from a time on at which it is open: the time itself where it is. Null where there is none in more than a year.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset from) => NextOpening(from.ToUniversalTime())?.Opens;

    // The business day to which a local time belongs, and the time of that day in its hours.
    private (DateOnly Day, TimeSpan Time) Begin(DateTime local)
    {
        var (day, time) = (DateOnly.FromDateTime(local), local.TimeOfDay);
        var overnight = time + TimeSpan.FromDays(1);
        if (overnight < HoursOn(day.AddDays(-1)).Closes)
            return (day.AddDays(-1), overnight);
        if (time < HoursOn(day).Closes)
            return (day, HoursOn(day).Within(time));
        day = NextDay(day);
        return (day, OpensOn(day).ToTimeSpan());
    }

    private DateOnly NextDay(DateOnly day)
    {
        for (var ahead = 1; ahead <= FarthestDay; ahead++)
        {
            if (IsOpen(day.AddDays(ahead)))
                return day.AddDays(ahead);
        }

        return day.AddDays(1);
    }

    // What is open from a time on without a break, cut at that time. An opening that the clocks skip begins with the change; of one that comes twice the first counts.
    private (DateTimeOffset Opens, DateTimeOffset Closes)? NextOpening(DateTimeOffset from)
    {
        var day = DateOnly.FromDateTime(LocalTime.InZone(from, Zone)).AddDays(-1);
        for (var tried = 0; tried <= FarthestDay; tried++, day = day.AddDays(1))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            foreach (var span in HoursOn(day).Spans)
            {
                var closes = LocalTime.FirstInstantFrom(midnight + span.Closes, Zone);
                if (closes <= from)
                    continue;
                var opens = LocalTime.FirstInstantFrom(midnight + span.Opens, Zone);
                if (opens < closes)
                    return (opens > from ? opens : from, closes);
            }
        }

        return null;
    }
}
