namespace CxOrchestrator.Core.Tests.Time;

/// <summary>Calendars of offices, in few words.</summary>
internal static class ACalendar
{
    /// <summary>One of a zone with hours by day of the week: <c>("Monday", "09:00-17:00")</c>.</summary>
    public static BusinessCalendar In(string zone, params (string Day, string Hours)[] week) => BusinessCalendar.Default with
    {
        Name = "office",
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Week = week.ToDictionary(one => Enum.Parse<DayOfWeek>(one.Day), one => Hours(one.Hours)),
    };

    /// <summary>The same hours from Monday to Friday.</summary>
    public static BusinessCalendar Weekdays(string zone, string hours) =>
        In(zone, [.. ((string[])["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]).Select(day => (day, hours))]);

    public static OpenHours Hours(string text) => OpenHours.TryParse(text, out var hours, out var error) ? hours : throw new ArgumentException(error);
}
