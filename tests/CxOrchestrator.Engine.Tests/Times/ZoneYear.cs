namespace CxOrchestrator.Engine.Tests.Times;

/// <summary>The changes of a zone's clocks in a year, found minute by minute.</summary>
public static class ZoneYear
{
    /// <summary>All zones that the machine knows.</summary>
    public static IReadOnlyList<TimeZoneInfo> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().OrderBy(zone => zone.Id, StringComparer.Ordinal)];

    /// <summary>One zone of each kind: those whose clocks show the same at every moment of so many days are alike, so that what holds for one holds for all.</summary>
    public static IEnumerable<TimeZoneInfo> Kinds(DateTimeOffset from, int days) => Zones.DistinctBy(zone =>
        string.Join(',', Changes(zone, from, days).Prepend(from).Select(at => $"{at:u} {zone.GetUtcOffset(at)}")));

    /// <summary>The first instant with another offset, of each change from a time on for so many days.</summary>
    public static IReadOnlyList<DateTimeOffset> Changes(TimeZoneInfo zone, DateTimeOffset from, int days)
    {
        var changes = new List<DateTimeOffset>();
        for (var at = from; at < from.AddDays(days); at = at.AddHours(12))
        {
            var (low, high) = (at, at.AddHours(12));
            if (zone.GetUtcOffset(low) == zone.GetUtcOffset(high))
                continue;
            while (high - low > TimeSpan.FromMinutes(1))
            {
                var middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
                if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(at))
                    low = middle;
                else
                    high = middle;
            }

            changes.Add(high);
        }

        return changes;
    }

    /// <summary>What the clock on the wall shows, by the framework's own conversion.</summary>
    public static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
}
