namespace CxOrchestrator.Core;

/// <summary>
/// Turns the time of a wall clock into an instant, by one rule everywhere: a time that the clocks skip is read with the offset from before the
/// change, and so moves forward by as much as they skip (RFC 5545, 3.3.5); of a time that comes twice, the first is taken.
/// </summary>
public static class LocalTime
{
    // No zone has been further than this from UTC, so an instant this far from a local time read as UTC lies on the other side of it.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(16);

    /// <summary>The instant of a local date and time in a zone, in UTC.</summary>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var (before, after) = OffsetsAround(local, zone);
        var early = At(local, before);
        if (before == after || zone.GetUtcOffset(early) == before)
            return early;
        var late = At(local, after);
        return zone.GetUtcOffset(late) == after ? late : early;
    }

    /// <summary>
    /// The first instant from which on the local clock shows this time or a later one: the same as <see cref="ToInstant"/>, except that a skipped time
    /// gives the moment of the change.
    /// </summary>
    public static DateTimeOffset FirstInstantFrom(DateTime local, TimeZoneInfo zone)
    {
        var instant = ToInstant(local, zone);
        if (InZone(instant, zone) == local)
            return instant;
        // Skipped: the change lies between what the two offsets say; the clock shows less than the time before it, and more after it.
        var (before, after) = OffsetsAround(local, zone);
        var low = At(local, after);
        var high = At(local, before);
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
            if (InZone(middle, zone) < local)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>What the clock on the wall shows at an instant.</summary>
    public static DateTime InZone(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(instant.UtcDateTime + zone.GetUtcOffset(instant), DateTimeKind.Unspecified);

    private static (TimeSpan Before, TimeSpan After) OffsetsAround(DateTime local, TimeZoneInfo zone)
    {
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
        return (zone.GetUtcOffset(asUtc - Reach), zone.GetUtcOffset(asUtc + Reach));
    }

    private static DateTimeOffset At(DateTime local, TimeSpan offset) =>
        new(DateTime.SpecifyKind(local - offset, DateTimeKind.Unspecified), TimeSpan.Zero);
}
