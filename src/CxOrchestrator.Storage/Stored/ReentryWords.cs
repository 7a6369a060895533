using System.Globalization;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage;

/// <summary>Why the re-entry rule refuses an enrolment, in words.</summary>
internal static class ReentryWords
{
    /// <summary>Where the slot is free: the event has begun an enrolment before.</summary>
    public const string SameEvent = "the event has begun an enrolment already";

    /// <summary>Where the slot is taken.</summary>
    public static string Taken(Enrolment refused, Guid by, DateTimeOffset? freeAgainAt)
    {
        var free = freeAgainAt is { } time
            ? $"from {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC on"
            : "never again";
        return $"re-entry: \"{refused.EntryKey}\" was taken by enrolment {by} and is free {free}";
    }
}
