namespace CxOrchestrator.Core.Journeys;

/// <summary>When messages may go, as a journey says it.</summary>
/// <param name="Calendar">The calendar in whose business hours they go; null for any time, or where <paramref name="OfJourney"/> says which.</param>
/// <param name="OfJourney">Whether the journey's own calendar is meant.</param>
public sealed record SendHours(string? Calendar, bool OfJourney)
{
    private const string AnyTime = "any time";
    private const string Business = "business hours";

    /// <summary>Ways to write it, for messages.</summary>
    public const string Examples = "business hours, business hours in support, any time";

    /// <summary>Reads it; null where it is something else.</summary>
    public static SendHours? Parse(string text)
    {
        var words = TimingText.Normal(text);
        if (words == AnyTime)
            return new SendHours(null, OfJourney: false);
        var calendar = CalendarText.In(ref words);
        return words == Business ? new SendHours(calendar, OfJourney: calendar is null) : null;
    }
}
