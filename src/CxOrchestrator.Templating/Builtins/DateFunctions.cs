using System.Globalization;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>date.…</c>.</summary>
internal static class DateFunctions
{
    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("date")
        .AddValue("default_format", DateText.DefaultPattern)
        .AddValue("format", DateText.DefaultPattern)
        .Add("now", "", (c, _) => Now(c))
        .Add("utc_now", "", (c, _) => Now(c).UtcDateTime)
        .Add("add_days", "date days", (c, a) => Moved(c, a, (date, by) => date.AddDays(by)))
        .Add("add_hours", "date hours", (c, a) => Moved(c, a, (date, by) => date.AddHours(by)))
        .Add("add_minutes", "date minutes", (c, a) => Moved(c, a, (date, by) => date.AddMinutes(by)))
        .Add("add_seconds", "date seconds", (c, a) => Moved(c, a, (date, by) => date.AddSeconds(by)))
        .Add("add_milliseconds", "date millis", (c, a) => Moved(c, a, (date, by) => date.AddMilliseconds(by)))
        .Add("add_months", "date months", (c, a) => Moved(c, a, (date, by) => date.AddMonths((int)Math.Clamp(by, -120000, 120000))))
        .Add("add_years", "date years", (c, a) => Moved(c, a, (date, by) => date.AddYears((int)Math.Clamp(by, -10000, 10000))))
        .Add("parse", "text pattern? culture?", (c, a) => Parsed(c, a.Text(c, 0), a.Text(c, 1), Formatting.Culture(c, a, 2)))
        .Add("parse_to_string", "text output_pattern? output_culture? input_pattern? input_culture?", ParsedToString)
        .Add("to_string", "datetime pattern? culture?", (c, a) => a[0] is null
            ? null
            : DatePattern.Format(c, Argument(c, a), a.Text(c, 1) ?? DateText.Pattern(c), Formatting.Culture(c, a, 2)));

    private static DateTimeOffset Now(RenderContext context) =>
        context.Options.Now ?? throw new ArgumentFault(-1, "This template is rendered without a time, so there is no `date.now`.");

    private static DateTimeOffset Argument(RenderContext context, in CallArguments arguments) => DateText.Local(context, arguments[0]) ??
        throw new ArgumentFault(0, $"A date is needed here, not {Kind.Phrase(arguments[0])}. Write `date.parse` for a date in a text.");

    /// <summary>Days and months are counted on the customer's clock, so that ten in the morning stays ten.</summary>
    private static DateTime Moved(RenderContext context, CallArguments arguments, Func<DateTime, double, DateTime> move)
    {
        var date = Argument(context, arguments).DateTime;
        try
        {
            return move(date, arguments.Real(1));
        }
        catch (ArgumentException)
        {
            throw new ArgumentFault(1, "The date would be out of range.");
        }
    }

    private static object? ParsedToString(RenderContext context, CallArguments arguments)
    {
        var date = Parsed(context, arguments.Text(context, 0), arguments.Text(context, 3), Formatting.Culture(context, arguments, 4));
        if (DateText.Local(context, date) is not { } local) return null;
        return DatePattern.Format(context, local, arguments.Text(context, 1) ?? DateText.Pattern(context), Formatting.Culture(context, arguments, 2));
    }

    /// <summary>Null for no text; the first day of the calendar for a text that is no date, as Scriban does.</summary>
    private static object? Parsed(RenderContext context, string? text, string? pattern, CultureInfo culture)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!string.IsNullOrEmpty(pattern))
            return DateReader.Read(text, pattern, culture) is { } read ? DateText.Wall(context, read) : DateTime.MinValue;
        // Without the style, a text with no date in it would be given today's.
        const DateTimeStyles Style = DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault;
        if (!DateTime.TryParse(text, culture, Style, out var date)) return DateTime.MinValue;
        if (date.Kind == DateTimeKind.Unspecified) return date;
        return DateTimeOffset.TryParse(text, culture, DateTimeStyles.None, out var instant) ? DateText.Wall(context, instant) : date;
    }
}
