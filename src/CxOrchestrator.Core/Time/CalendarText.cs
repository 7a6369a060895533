using System.Text.RegularExpressions;

namespace CxOrchestrator.Core;

/// <summary>Reads the calendar that words about time end with.</summary>
internal static partial class CalendarText
{
    /// <summary>Takes <c>in support</c> from the end of normal words; null where they don't end so.</summary>
    public static string? In(ref string words) => Take(ref words, In().Match(words));

    /// <summary>Takes <c>in support's zone</c> from the end of normal words; null where they don't end so.</summary>
    public static string? InZoneOf(ref string words) => Take(ref words, InZone().Match(words));

    private static string? Take(ref string words, Match said)
    {
        if (!said.Success)
            return null;
        words = words[..said.Index];
        return said.Groups["calendar"].Value;
    }

    private const string Name = "(?<calendar>[a-z][a-z0-9-]{0,63})";

    [GeneratedRegex(" in " + Name + "$")]
    private static partial Regex In();

    [GeneratedRegex(" in " + Name + "'s (?:own )?(?:time )?zone$")]
    private static partial Regex InZone();
}
