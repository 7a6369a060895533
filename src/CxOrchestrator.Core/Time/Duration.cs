namespace CxOrchestrator.Core;

/// <summary>
/// A length of time in the words that people use: <c>3d</c>, <c>2 hours</c>, <c>1h 30m</c>, <c>2 weeks</c>, <c>1 business day</c>. Days and weeks are
/// calendar days in a zone (the same time of day, whatever the clocks do); business days and business hours skip what a calendar leaves out.
/// </summary>
/// <param name="Days">Calendar days.</param>
/// <param name="BusinessDays">Business days.</param>
/// <param name="Clock">The rest, by the clock.</param>
public sealed record Duration(int Days, int BusinessDays, TimeSpan Clock)
{
    /// <summary>Open time of the calendar: <c>4 business hours</c>.</summary>
    public TimeSpan BusinessTime { get; init; }

    /// <summary>The calendar that business days and hours are counted in, where one is named: <c>4 business hours in support</c>.</summary>
    public string? Calendar { get; init; }

    /// <summary>Whether a calendar has a say in it.</summary>
    public bool CountsBusiness => BusinessDays != 0 || BusinessTime != TimeSpan.Zero;

    /// <summary>Nothing.</summary>
    public static Duration Zero { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>A number of calendar days.</summary>
    public static Duration OfDays(int days) => new(days, 0, TimeSpan.Zero);

    /// <summary>A span by the clock.</summary>
    public static Duration Of(TimeSpan span) => new(0, 0, span);

    /// <summary>
    /// The instant that is this much later: calendar days first, in the zone given; then business days and open time, in the
    /// calendar's zone; then the rest by the clock.
    /// </summary>
    /// <param name="from">When it begins.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="calendar">The calendar that it is counted in.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Add(DateTimeOffset from, TimeZoneInfo zone, BusinessCalendar calendar)
    {
        var instant = from.ToUniversalTime();
        if (Days != 0)
            instant = LocalTime.ToInstant(LocalTime.InZone(instant, zone).AddDays(Days), zone);
        if (BusinessDays != 0)
            instant = calendar.Add(instant, BusinessDays);
        if (BusinessTime > TimeSpan.Zero)
            instant = calendar.Add(instant, BusinessTime);
        return instant + Clock;
    }

    /// <summary>The words, which <see cref="DurationText.TryParse"/> reads back to the same duration.</summary>
    public override string ToString() => DurationText.Print(this);
}
