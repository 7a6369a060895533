using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Core;

namespace CxOrchestrator.Host.Settings;

/// <summary>Reads <c>Business</c>, the company's own calendar, and <c>Calendars</c>, those of its offices and teams.</summary>
internal static partial class CalendarSettings
{
    private const string DayToWrite = "a date such as 2026-12-25, or 12-25 for every year";
    private const string HoursToWrite = "hours such as " + OpenHours.Examples;

    // A year with all days, so that 02-29 can be every year's.
    private const int AnyYear = 2000;

    // Less counts hours over years, and is no working week.
    private static readonly TimeSpan LeastHours = TimeSpan.FromHours(1);

    /// <summary>The company's own.</summary>
    public static BusinessCalendar Company(SettingsSection business, List<string> faults)
    {
        var defaults = BusinessCalendar.Default;
        var calendar = defaults with
        {
            Zone = business.Zone("TimeZone", "Etc/UTC"),
            Days = business.List("Days", "a day of the week such as Monday", text => Day(text) is { } day ? (true, day) : default, [.. defaults.Days]).ToHashSet(),
            Opens = business.TimeOfDay("Opens", defaults.Opens) ?? defaults.Opens,
            Closes = business.TimeOfDay("Closes", defaults.Closes) ?? defaults.Closes,
        };
        if (business.Has("Hours") && (business.Has("Days") || business.Has("Opens") || business.Has("Closes")))
            faults.Add($"{business.Path}:Hours says when each day is worked: remove {business.Path}:Days, Opens and Closes");
        return Whole(business, calendar, faults);
    }

    /// <summary>The others, by name.</summary>
    public static IReadOnlyDictionary<string, BusinessCalendar> Others(SettingsSection section, BusinessCalendar company, List<string> faults)
    {
        var calendars = new Dictionary<string, BusinessCalendar>(StringComparer.Ordinal);
        foreach (var (name, calendar) in section.Named())
        {
            if (!Name().IsMatch(name))
                faults.Add($"{calendar.Path} is no name of a calendar: write lower case letters, digits and dashes, beginning with a letter, such as support");
            else if (name == BusinessCalendar.Company)
                faults.Add($"{calendar.Path} is the name of the company's own calendar, which is the section Business: take another");
            if (!calendar.Has("Hours"))
                faults.Add($"{calendar.Path}:Hours is missing: write hours by day of the week, such as {{ \"Monday-Friday\": \"09:00-12:00, 13:00-18:00\" }}");
            calendars[name] = Whole(calendar, BusinessCalendar.Default with { Name = name, Zone = calendar.Zone("TimeZone", company.Zone.Id) }, faults);
        }

        return calendars;
    }

    private static BusinessCalendar Whole(SettingsSection section, BusinessCalendar calendar, List<string> faults)
    {
        var before = faults.Count;
        var hours = section.Map("Hours", HoursToWrite, (days, text) => Days(days) is { } read
            ? Hours(read, text)
            : (default, $"{days} is no day of the week and no range of days such as Monday-Friday"));
        var allRead = faults.Count == before;
        var holidays = section.List("Holidays", DayToWrite, text => Date(text) is { } day ? (true, day) : default);
        var others = section.Map("OtherHours", HoursToWrite, (date, text) => Date(date) is { } day ? Hours(day, text) : (default, $"{date} is not {DayToWrite}"));
        section.NothingElse();
        foreach (var twice in others.Where(other => holidays.Contains(other.Value.Key)))
            faults.Add($"{twice.Path}: the day is in {section.Path}:Holidays too; remove one of them");
        if (hours.Count > 0)
            calendar = Worked(section, calendar, hours, faults, allRead);
        return calendar with
        {
            Holidays = holidays.Where(day => !day.Yearly).Select(day => day.Date).ToHashSet(),
            OtherHours = others.Where(other => !other.Value.Key.Yearly).ToDictionary(other => other.Value.Key.Date, other => other.Value.Hours),
            EveryYear = others.Where(other => other.Value.Key.Yearly).Select(other => (other.Value.Key.Date, other.Value.Hours))
                .Concat(holidays.Where(day => day.Yearly).Select(day => (day.Date, Hours: OpenHours.None)))
                .DistinctBy(day => day.Date).ToDictionary(day => (day.Date.Month, day.Date.Day), day => day.Hours),
        };
    }

    private static BusinessCalendar Worked(
        SettingsSection section, BusinessCalendar calendar, IReadOnlyList<(string Path, (IReadOnlyList<DayOfWeek> Key, OpenHours Hours) Value)> hours, List<string> faults,
        bool allRead)
    {
        var week = new Dictionary<DayOfWeek, OpenHours>();
        foreach (var (path, (days, ofDay)) in hours)
        {
            foreach (var twice in days.Where(day => !week.TryAdd(day, ofDay)))
                faults.Add($"{path}: {twice} has hours already; write each day once");
        }

        if (allRead && week.Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Length) < LeastHours)
        {
            faults.Add($"{section.Path}:Hours are less than an hour a week: write those of at least one day");
            return calendar;
        }

        foreach (var (day, ofDay) in week)
        {
            var next = (DayOfWeek)(((int)day + 1) % 7);
            if (week.TryGetValue(next, out var after) && ofDay.Closes - TimeSpan.FromDays(1) > after.Spans[0].Opens)
                faults.Add($"{section.Path}:Hours: those of {day} ({ofDay}) reach into those of {next} ({after}); let one end where the other begins");
        }

        return calendar with
        {
            Week = week,
            Days = week.Keys.ToHashSet(),
            Opens = week.Values.Min(one => one.Spans[0].From),
            Closes = TimeOnly.FromTimeSpan(TimeSpan.FromTicks(week.Values.Max(one => one.Closes).Ticks % TimeSpan.TicksPerDay)),
        };
    }

    private static ((TKey Key, OpenHours Hours) Value, string? Fault) Hours<TKey>(TKey key, string text) =>
        OpenHours.TryParse(text, out var hours, out var fault) ? ((key, hours), null) : (default, fault);

    private static IReadOnlyList<DayOfWeek>? Days(string text)
    {
        if (text.Split('-', StringSplitOptions.TrimEntries) is not [var first, .. var rest] || rest.Length > 1 || Day(first) is not { } from || Day(rest is [var last] ? last : first) is not { } to)
            return null;
        return [.. Enumerable.Range(0, (((int)to - (int)from + 7) % 7) + 1).Select(ahead => (DayOfWeek)(((int)from + ahead) % 7))];
    }

    private static DayOfWeek? Day(string text) => Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day) && Enum.IsDefined(day) ? day : null;

    private static (DateOnly Date, bool Yearly)? Date(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return (date, false);
        return DateOnly.TryParseExact($"{AnyYear}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) ? (date, true) : null;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex Name();
}
