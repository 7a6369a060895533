using System.Globalization;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Dates as templates see them: on the clock of the customer's zone.</summary>
internal static class DateText
{
    /// <summary>The pattern of printed dates.</summary>
    public const string DefaultPattern = "%d %b %Y";

    /// <summary>A date as it is printed without a pattern: by <c>date.format</c>.</summary>
    public static string Default(RenderContext context, object value) =>
        DatePattern.Format(context, Local(context, value)!.Value, Pattern(context), context.Culture);

    /// <summary>The pattern in <c>date.format</c>, which a template may set.</summary>
    public static string Pattern(RenderContext context) =>
        context.Seen(Library.Date).TryGetValue("format", out var format) && format is string pattern ? pattern : DefaultPattern;

    /// <summary>A date in the zone of the rendering, with its offset; null where the value is none.</summary>
    public static DateTimeOffset? Local(RenderContext context, object? value)
    {
        var zone = context.Options.TimeZone;
        switch (value)
        {
            case DateTimeOffset instant:
                return TimeZoneInfo.ConvertTime(instant, zone);
            case DateTime { Kind: DateTimeKind.Utc } utc:
                return TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone);
            case DateTime date:
                var wall = DateTime.SpecifyKind(date, DateTimeKind.Unspecified);
                var offset = zone.GetUtcOffset(wall);
                // At the ends of the calendar an offset would lead out of it.
                var fits = wall.Ticks - offset.Ticks is >= 0 and <= 3155378975999999999;
                return new DateTimeOffset(wall, fits ? offset : TimeSpan.Zero);
            default:
                return null;
        }
    }

    /// <summary>What the clock in the zone of the rendering shows; null where the value is no date.</summary>
    public static DateTime? Wall(RenderContext context, object? value) => Local(context, value)?.DateTime;

    /// <summary>The order of two dates; null where one is none.</summary>
    public static int? CompareDates(RenderContext context, object? left, object? right)
    {
        if (left is not (DateTime or DateTimeOffset) || right is not (DateTime or DateTimeOffset)) return null;
        if (left is DateTimeOffset a && right is DateTimeOffset b) return a.CompareTo(b);
        return Wall(context, left)!.Value.CompareTo(Wall(context, right)!.Value);
    }

    /// <summary>A member of a date or time span; null for anything else.</summary>
    public static object? Member(RenderContext context, object value, string name)
    {
        if (value is TimeSpan span) return SpanMember(span, name);
        if (Wall(context, value) is not { } date) return null;
        return name switch
        {
            "year" => date.Year,
            "month" => Box.Int(date.Month),
            "day" => Box.Int(date.Day),
            "day_of_year" => Box.Int(date.DayOfYear),
            "day_of_week" => date.DayOfWeek.ToString(),
            "hour" => Box.Int(date.Hour),
            "minute" => Box.Int(date.Minute),
            "second" => Box.Int(date.Second),
            "millisecond" => Box.Int(date.Millisecond),
            "date" => date.Date,
            "time_of_day" => date.TimeOfDay,
            "ticks" => date.Ticks,
            _ => null,
        };
    }

    private static object? SpanMember(TimeSpan span, string name) => name switch
    {
        "days" => span.Days,
        "hours" => Box.Int(span.Hours),
        "minutes" => Box.Int(span.Minutes),
        "seconds" => Box.Int(span.Seconds),
        "milliseconds" => Box.Int(span.Milliseconds),
        "total_days" => span.TotalDays,
        "total_hours" => span.TotalHours,
        "total_minutes" => span.TotalMinutes,
        "total_seconds" => span.TotalSeconds,
        "total_milliseconds" => span.TotalMilliseconds,
        "ticks" => span.Ticks,
        _ => null,
    };
}
