using CxOrchestrator.Core;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>Calendars that tests configure. The worlds' clocks begin on Monday 2026-03-02 at 12:00 in UTC, which is 19:00 in Bangkok.</summary>
public static class Offices
{
    /// <summary>Bangkok from 9 to 12 and 13 to 18 on weekdays, closed on Wednesday 2026-03-04.</summary>
    public static BusinessCalendar Bangkok { get; } = BusinessCalendar.Default with
    {
        Name = "bangkok",
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok"),
        Week = Enum.GetValues<DayOfWeek>().Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToDictionary(day => day, _ => Hours("09:00-12:00, 13:00-18:00")),
        Holidays = new HashSet<DateOnly> { new(2026, 3, 4) },
    };

    /// <summary>Settings with the calendar <c>bangkok</c>, and with quiet hours where they are asked for.</summary>
    public static Func<CoreSettings, CoreSettings> With(TimeOnly? quietFrom = null, TimeOnly? quietTo = null) => settings => settings with
    {
        Calendars = new Dictionary<string, BusinessCalendar> { ["bangkok"] = Bangkok },
        Sending = new SendingSettings { QuietFrom = quietFrom, QuietTo = quietTo },
    };

    private static OpenHours Hours(string text) => OpenHours.TryParse(text, out var hours, out var fault) ? hours : throw new ArgumentException(fault);
}
