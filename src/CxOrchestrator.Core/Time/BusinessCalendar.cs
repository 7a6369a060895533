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
}
