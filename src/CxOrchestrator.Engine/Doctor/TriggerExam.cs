using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Core.Segments;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds journeys that nobody can enter because no customer has such a date, or because their segment can't be read.</summary>
internal sealed class TriggerExam(IPublishedContent content, IMomentStore moments, ISegmentStore segments, EngineOptions options, Clocks clocks)
{
    /// <summary>The findings.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var journey in (await moments.EmptyAsync(cancellation)).Select(content.Journeys.GetValueOrDefault))
        {
            if (journey?.Trigger is DateTrigger date)
            {
                findings.Add(new Finding(
                    $"nobody will enter {journey.Key}: no customer has a date in the field {date.Field} that is still to come", 1, null,
                    $"Look at what a customer has there: cxo customers show. Dates are written as 1990-02-28.", NeedsPerson: false));
            }
        }

        var watches = (await segments.WatchesAsync(cancellation)).ToDictionary(watch => watch.Segment, StringComparer.Ordinal);
        foreach (var journey in content.Journeys.Values)
        {
            if (journey.Trigger is SegmentTrigger trigger && Unread(watches.GetValueOrDefault(trigger.Segment)) is { } why)
            {
                findings.Add(new Finding(
                    $"nobody can enter {journey.Key}: its segment {trigger.Segment} {why}", 1, watches.GetValueOrDefault(trigger.Segment)?.ReadAt,
                    "The CRM's connection must be Ready and have a segment of this name: cxo connections list, and the service's log.", NeedsPerson: true));
            }
        }

        return findings;
    }

    private string? Unread(SegmentWatch? watch)
    {
        if (watch is not { ReadAt: { } read })
            return "was not read from the CRM so far";
        return clocks.MachineNow - read > (options.SegmentEvery * 2) + Doctor.Patience ? "was last read too long ago" : null;
    }
}
