using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Core.Moments;

/// <summary>A date as it stands in a customer's field: a birthday may be without its year.</summary>
/// <param name="Year">The year, or null.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31; a day that the month has in some year.</param>
public sealed partial record CustomerDate(int? Year, int Month, int Day)
{
    // A leap year, so that 29 February is a day.
    private const int AnyYear = 2000;

    /// <summary>
    /// Reads <c>1990-02-28</c>, a time (its day in the zone; midnight UTC is a date that a system wrote as a time), <c>--02-28</c> or <c>02-28</c>. Null for
    /// anything else.
    /// </summary>
    /// <param name="value">The field's value.</param>
    /// <param name="zone">The customer's zone.</param>
    public static CustomerDate? Read(JsonElement value, TimeZoneInfo zone)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString()?.Trim() is not { Length: > 0 and <= 40 } text)
            return null;
        if (Plain().Match(text) is { Success: true } plain)
            return DateOnly.TryParseExact(plain.Groups["day"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Of(day) : null;
        if (Yearless().Match(text) is { Success: true } yearless)
        {
            return DateOnly.TryParseExact($"{AnyYear}-{yearless.Groups["day"].Value}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
                ? Of(known) with { Year = null }
                : null;
        }

        return Stamp().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Of(DateOnly.FromDateTime(LocalTime.InZone(time, zone)))
            : null;
    }

    /// <summary>The whole date, or null where its year isn't known.</summary>
    public DateOnly? Whole => Year is { } year ? new DateOnly(year, Month, Day) : null;

    /// <summary>The day's return in a year: 29 February is kept on 28 February where there is none.</summary>
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));

    private static CustomerDate Of(DateOnly day) => new(day.Year, day.Month, day.Day);

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^(?:--)?(?<day>[0-9]{2}-[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Yearless();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
