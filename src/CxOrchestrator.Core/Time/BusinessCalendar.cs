namespace CxOrchestrator.Core;

/// <summary>When the company works.</summary>
/// <param name="Zone">The company's zone.</param>
/// <param name="Days">Working days of the week.</param>
/// <param name="Opens">Beginning of the working day.</param>
/// <param name="Closes">End of the working day.</param>
/// <param name="Holidays">Days off.</param>
public sealed record BusinessCalendar(
    TimeZoneInfo Zone, IReadOnlySet<DayOfWeek> Days, TimeOnly Opens, TimeOnly Closes, IReadOnlySet<DateOnly> Holidays)
{
    /// <summary>Monday to Friday, 9 to 17, UTC, no holidays.</summary>
    public static BusinessCalendar Default { get; } = new(
        TimeZoneInfo.Utc,
        new HashSet<DayOfWeek> { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday },
        new TimeOnly(9, 0), new TimeOnly(17, 0), new HashSet<DateOnly>());

    /// <summary>Whether the company works on a day.</summary>
    public bool IsOpen(DateOnly day) => Days.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    /// <summary>
    /// A number of business days later, at the same time of day in the company's zone. A beginning outside working hours counts from the next opening:
    /// one business day from Friday night is Tuesday's opening, which leaves a whole working day.
    /// </summary>
    /// <param name="from">When it is counted from.</param>
    /// <param name="days">How many; 0 or more.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Add(DateTimeOffset from, int days)
    {
        var local = LocalTime.InZone(from, Zone);
        var day = DateOnly.FromDateTime(local);
        var time = TimeOnly.FromDateTime(local);
        // A working day that closes at midnight or later has no time after closing.
        var closed = Closes > Opens && time >= Closes;
        if (!IsOpen(day) || closed || time < Opens)
        {
            day = IsOpen(day) && !closed ? day : NextOpen(day);
            time = Opens;
        }

        for (var left = days; left > 0; left--)
            day = NextOpen(day);
        return LocalTime.ToInstant(day.ToDateTime(time), Zone);
    }

    // A calendar without a single open day in more than a year counts plain days.
    private DateOnly NextOpen(DateOnly day)
    {
        for (var ahead = 1; ahead <= 400; ahead++)
        {
            if (IsOpen(day.AddDays(ahead)))
                return day.AddDays(ahead);
        }

        return day.AddDays(1);
    }
}
