using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CxOrchestrator.Core;

/// <summary>The hours of one day, in order; none overlaps the one before it, and the last may reach into the next day.</summary>
public sealed class OpenHours
{
    /// <summary>Ways to write them, for messages.</summary>
    public const string Examples = "09:00-17:30, or 09:00-12:00, 13:00-18:00, or 22:00-06:00 into the next day";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private OpenHours(IReadOnlyList<OpenSpan> spans) => Spans = spans;

    /// <summary>Closed all day.</summary>
    public static OpenHours None { get; } = new([]);

    /// <summary>The spans in order.</summary>
    public IReadOnlyList<OpenSpan> Spans { get; }

    /// <summary>How long the office is open, by the clock on the wall.</summary>
    public TimeSpan Length => Spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    /// <summary>When it closes for the day, counted from its midnight; zero for a day off.</summary>
    public TimeSpan Closes => Spans.Count > 0 ? Spans[^1].Closes : TimeSpan.Zero;

    /// <summary>One span.</summary>
    public static OpenHours Of(OpenSpan span) => new([span]);

    /// <summary>Reads hours such as <c>09:00-12:00, 13:00-18:00</c>.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="hours">The hours, where true is given.</param>
    /// <param name="error">What is wrong, without examples, where false is given.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OpenHours? hours, [NotNullWhen(false)] out string? error)
    {
        hours = null;
        error = null;
        var spans = new List<OpenSpan>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to] || !TryTime(from, out var opens) || opens >= Day || !TryTime(to, out var closes))
            {
                error = part.Length == 0 ? "a span of hours is missing" : $"'{part}' is no span of hours";
                return false;
            }

            var span = new OpenSpan(TimeOnly.FromTimeSpan(opens), closes > opens ? closes - opens : closes - opens + Day);
            if (spans.Count > 0 && spans[^1].Closes > span.Opens)
            {
                error = $"{span} begins before {spans[^1]} has ended";
                return false;
            }

            spans.Add(span);
        }

        // The first would be met again at the end of the last.
        if (spans[^1].Closes - Day > spans[0].Opens)
        {
            error = $"{spans[^1]} reaches beyond {spans[0]} of the next day";
            return false;
        }

        hours = new OpenHours(spans);
        return true;
    }

    /// <summary>A time of the day at which it is open: this one, or the next opening, or, where it has closed for the day, when it closed.</summary>
    /// <param name="time">Counted from the day's midnight.</param>
    public TimeSpan Within(TimeSpan time)
    {
        foreach (var span in Spans)
        {
            if (time < span.Closes)
                return time > span.Opens ? time : span.Opens;
        }

        return Spans.Count > 0 ? Closes : time;
    }

    /// <summary>For example <c>09:00-12:00, 13:00-18:00</c>; <c>closed</c> for a day off.</summary>
    public override string ToString() => Spans.Count == 0 ? "closed" : string.Join(", ", Spans);

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = Day;
        if (text == "24:00")
            return true;
        var read = TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ofDay);
        time = ofDay.ToTimeSpan();
        return read;
    }
}
