using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Schedules;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Knows what of journeys comes by the clock, so that a simulation needn't ask the store at every look.</summary>
internal sealed class SimulatedSchedules(IPublishedContent content)
{
    private readonly Dictionary<string, DateTimeOffset?> _next = new(StringComparer.Ordinal);

    /// <summary>Whether a journey begins with what only the engine's own look finds: a date, a silence, a change of a segment.</summary>
    public bool Watches => content.Journeys.Values.Any(journey => journey.Trigger is DateTrigger or SilenceTrigger or SegmentTrigger);

    /// <summary>The next run after a time and up to another, or null.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset upTo)
    {
        DateTimeOffset? earliest = null;
        foreach (var journey in content.Journeys.Values)
        {
            if (journey.Trigger is not ScheduleTrigger trigger)
                continue;
            if (!_next.TryGetValue(journey.Key, out var next) || next <= after)
                _next[journey.Key] = next = new RunTimes(trigger.Cron, Zones.Find(trigger.TimeZone).Zone).First(after, upTo);
            earliest = next < earliest || earliest is null ? next : earliest;
        }

        return earliest;
    }
}
