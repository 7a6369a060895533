namespace CxOrchestrator.Core;

/// <summary>
/// A length of time in the words that people use: <c>3d</c>, <c>2 hours</c>, <c>1h 30m</c>, <c>2 weeks</c>, <c>1 business day</c>. Days and weeks are
/// calendar days in a zone (the same time of day, whatever the clocks do); business days skip what the calendar leaves out.
/// </summary>
/// <param name="Days">Calendar days.</param>
/// <param name="BusinessDays">Business days.</param>
/// <param name="Clock">The rest, by the clock.</param>
public sealed record Duration(int Days, int BusinessDays, TimeSpan Clock)
{
    /// <summary>Nothing.</summary>
    public static Duration Zero { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>A number of calendar days.</summary>
    public static Duration OfDays(int days) => new(days, 0, TimeSpan.Zero);

    /// <summary>A span by the clock.</summary>
    public static Duration Of(TimeSpan span) => new(0, 0, span);

    /// <summary>
    /// The instant that is this much later: calendar days first, in the zone given; then business days, in the company's zone (see
    /// <see cref="BusinessCalendar.Add"/>); then the rest by the clock.
    /// </summary>
    /// <param name="from">When it begins.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="calendar">The company's business days.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Add(DateTimeOffset from, TimeZoneInfo zone, BusinessCalendar calendar)
    {
        var instant = from.ToUniversalTime();
        if (Days != 0)
            instant = LocalTime.ToInstant(LocalTime.InZone(instant, zone).AddDays(Days), zone);
        if (BusinessDays != 0)
            instant = calendar.Add(instant, BusinessDays);
        return instant + Clock;
    }

    /// <summary>The words, which <see cref="DurationText.TryParse"/> reads back to the same duration.</summary>
    public override string ToString() => DurationText.Print(this);
}
