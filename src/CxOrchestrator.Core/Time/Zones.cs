using System.Collections.Frozen;

namespace CxOrchestrator.Core;

/// <summary>A zone that was looked for.</summary>
/// <param name="Id">The IANA id, or the fallback's.</param>
/// <param name="Zone">The zone.</param>
/// <param name="Problem">Why it is the fallback; null where the zone is known.</param>
public sealed record ZoneMatch(string Id, TimeZoneInfo Zone, string? Problem)
{
    /// <summary>Whether the zone that was asked for is known.</summary>
    public bool Known => Problem is null;
}

/// <summary>Finds time zones by their IANA ids.</summary>
public static class Zones
{
    private static readonly FrozenDictionary<string, string> Ids = TimeZoneInfo.GetSystemTimeZones()
        .Where(zone => zone.HasIanaId).Select(zone => zone.Id).Append("Etc/UTC").Append("UTC")
        .Distinct(StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of all zones that this machine knows.</summary>
    public static IReadOnlyCollection<string> All => Ids.Keys;

    /// <summary>
    /// Finds a zone: an IANA id in any case, an old alias of one, or a Windows name (converted). Anything else gives the fallback and the reason.
    /// </summary>
    /// <param name="id">What was written; may be null or empty.</param>
    /// <param name="fallback">A known IANA id.</param>
    /// <exception cref="TimeZoneNotFoundException">The fallback itself is unknown.</exception>
    public static ZoneMatch Find(string? id, string fallback = "Etc/UTC")
    {
        var text = id?.Trim() ?? "";
        if (Resolve(text) is { } found)
            return new ZoneMatch(found, TimeZoneInfo.FindSystemTimeZoneById(found), null);
        var problem = text.Length == 0
            ? $"no time zone is given; {fallback} is taken"
            : $"'{Shown(text)}' is no known time zone (an IANA name such as Asia/Bangkok is needed); {fallback} is taken";
        return new ZoneMatch(fallback, TimeZoneInfo.FindSystemTimeZoneById(fallback), problem);
    }

    /// <summary>Whether an id is a known zone's, with the reason where it isn't.</summary>
    public static bool IsKnown(string? id) => Resolve(id?.Trim() ?? "") is not null;

    private static string? Resolve(string id)
    {
        if (id.Length is 0 or > 64)
            return null;
        if (Ids.TryGetValue(id, out var known))
            return known;
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var iana))
            return iana;
        // Old aliases (Asia/Calcutta) are files of the zone database that its list leaves out; a name with a dot could be a path.
        return id.Contains('/', StringComparison.Ordinal) && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
            && char.IsAsciiLetter(id[0]) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) ? id : null;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
