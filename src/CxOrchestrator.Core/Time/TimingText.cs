using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Core;

/// <summary>Reads and prints points in time in the words that people use.</summary>
public static partial class TimingText
{
    /// <summary>Ways to write one, for messages.</summary>
    public const string Examples = "3d, 2 days at 18:30, next business day 09:00 in the customer's zone, monday 10:00 in the company's zone, 4 business hours in support";

    /// <summary>Longest text that is read, in characters.</summary>
    internal const int LongestText = 200;

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>Reads a point in time; upper and lower case are the same.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="timing">The timing, where true is given.</param>
    /// <param name="error">What is wrong, with examples, where false is given.</param>
    /// <param name="zone">Whose zone is meant where the text doesn't say.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Timing? timing, [NotNullWhen(false)] out string? error, ZoneOf zone = ZoneOf.Customer)
    {
        timing = null;
        error = null;
        var words = Normal(text);
        if (words.Length > LongestText)
            return Say($"A text of {words.Length} characters is no point in time.", out error);
        var calendar = Place(ref words, ref zone, out var counted);
        var shape = Shape().Match(words);
        var after = Duration.Zero;
        if (shape.Groups["after"] is { Success: true } first && !DurationText.TryParse(first.Value, first.Value, out after, out error))
            return false;
        if (!shape.Success)
            return Fail(text, words, out error);

        TimeOnly? at = null;
        if (shape.Groups["at"] is { Success: true } time)
        {
            if (!TryTime(time.Value, out var parsed))
                return Say($"'{text}': '{time.Value}' is no time of day; write it like 09:00 or 18:30.", out error);
            at = parsed;
        }

        DayOfWeek? weekday = shape.Groups["weekday"] is { Success: true } named ? (DayOfWeek)Array.IndexOf(Weekdays, named.Value) : null;
        timing = new Timing(after, at, shape.Groups["business"].Success, weekday, zone) { Calendar = calendar };
        if (!counted || timing.CountsBusiness)
            return true;
        timing = null;
        return Say($"'{text}' counts neither business days nor business hours, which calendars are for; the zone is 'in {calendar}'s zone' or 'in the customer's zone'.", out error);
    }

    // Whoever counts in a calendar goes by its clock, unless they say otherwise.
    private static string? Place(ref string words, ref ZoneOf zone, out bool counted)
    {
        counted = false;
        ZoneOf? said = null;
        if (ZoneWords().Match(words) is { Success: true } match)
        {
            said = match.Groups["who"].Value == "customer" ? ZoneOf.Customer : ZoneOf.Company;
            words = words[..match.Index];
        }

        var calendar = said is null ? CalendarText.InZoneOf(ref words) : null;
        if (calendar is null && said != ZoneOf.Company)
        {
            calendar = CalendarText.In(ref words);
            counted = calendar is not null;
        }

        zone = said ?? (calendar is null ? zone : ZoneOf.Company);
        return calendar;
    }

    /// <summary>The words for a timing.</summary>
    internal static string Print(Timing timing)
    {
        var at = timing.At is { } time ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : "";
        var after = timing.After == Duration.Zero ? "" : timing.After.ToString();
        var words = (timing.Weekday, timing.OnBusinessDay, at) switch
        {
            ({ } day, _, _) => Join(after.Length > 0 ? after + " then" : "", Weekdays[(int)day], at),
            (null, true, _) when after.Length == 0 => Join("next business day", at),
            (null, true, "") => Join(after, "on a business day"),
            (null, true, _) => Join(after, "at", at, "on a business day"),
            (null, false, "") => timing.After.ToString(),
            _ => Join(after, "at", at),
        };
        return words + (timing.Calendar, timing.Zone) switch
        {
            (null, ZoneOf.Customer) => "",
            (null, _) => " in the company's zone",
            ({ } calendar, ZoneOf.Customer) => $" in {calendar} in the customer's zone",
            ({ } calendar, _) => timing.CountsBusiness ? $" in {calendar}" : $" in {calendar}'s zone",
        };
    }

    /// <summary>Lower case, single spaces, a plain apostrophe.</summary>
    internal static string Normal(string? text) =>
        Spaces().Replace((text ?? "").Trim().ToLowerInvariant().Replace('’', '\''), " ");

    private static string Join(params string[] words) => string.Join(' ', words.Where(word => word.Length > 0));

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Replace(" ", "", StringComparison.Ordinal), ["H:mm", "htt", "h:mmtt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool Fail(string? text, string words, out string error)
    {
        if (words.Length == 0)
            return Say("A time is missing.", out error);
        if (words.StartsWith("next ", StringComparison.Ordinal) && Weekdays.Any(day => words.StartsWith("next " + day, StringComparison.Ordinal)))
            return Say($"'{text}': leave out 'next' (monday 10:00 is the coming one; 7d then monday 10:00 the one after).", out error);
        if (ZoneStart().IsMatch(words))
            return Say($"'{text}': the zone is 'in the customer's zone', 'in the company's zone' or that of a calendar, 'in support's zone'.", out error);
        if (DurationText.TryParse(words, out _, out var why))
            return Say($"'{text}' is no point in time.", out error);
        return Say($"'{text}' is no point in time. {why}", out error);
    }

    private static bool Say(string what, out string error)
    {
        error = $"{what} Times are written like: {Examples}.";
        return false;
    }

    private const string Day = "(?<weekday>sunday|monday|tuesday|wednesday|thursday|friday|saturday)";
    private const string Time = "(?<at>[0-9]{1,2}:[0-9]{2}(?: ?[ap]m)?|[0-9]{1,2} ?[ap]m)";

    [GeneratedRegex(
        "^(?:(?<business>next business day)(?: (?:at )?" + Time + ")?" +
        "|(?:(?<after>[0-9].*?),? then )?(?:on )?" + Day + "(?: (?:at )?" + Time + ")?" +
        "|(?:(?<after>[0-9].*?) )?at " + Time + "(?<business> on a business day)?" +
        "|(?<after>[0-9].*?)(?<business> on a business day)" +
        "|" + Time +
        "|(?<after>[0-9](?:(?! at | then | in | on |:).)*))$")]
    private static partial Regex Shape();

    [GeneratedRegex(" in (?:the )?(?<who>customer|company)'s (?:own )?(?:time )?zone$")]
    private static partial Regex ZoneWords();

    [GeneratedRegex(" in (?!the (?:customer|company)'s zone$)")]
    private static partial Regex ZoneStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
