using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds journeys that nobody can enter.</summary>
internal sealed class JourneyExam(ISymptomStore symptoms, IPublishedContent content, StandstillExam standstills, CoreSettings settings, Clocks clocks)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);

    // Letters that are wrong in a slip; more, and it is another word.
    private const int LargestSlip = 2;

    /// <summary>Journeys whose trigger has not been seen for long.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        // What the product finds by itself comes when it comes.
        var byType = content.Journeys.Values.Where(journey => journey.Trigger.GetType() == typeof(EventTrigger))
            .ToLookup(journey => ((EventTrigger)journey.Trigger).On, StringComparer.Ordinal);
        var unseen = await symptoms.NotSeenAsync([.. byType.Select(group => group.Key)], clocks.Now - Long, cancellation);
        var closed = await standstills.ExamineAsync(cancellation);
        return [.. closed.Findings, .. unseen.Order(StringComparer.Ordinal).SelectMany(type => byType[type].Where(journey => !closed.Journeys.Contains(journey.Key)).Select(journey => Of(journey, type)))];
    }

    // The intake takes whatever type a published journey begins with, so only what comes in tells a source from none; a type that is almost another's
    // name is a slip, which no waiting puts right.
    private Finding Of(Journey journey, string type) => Slip(type) is { } meant
        ? new Finding(
            $"nobody can enter {journey.Key}: {type} was not received for {Long.TotalDays:0} days, and is almost {meant}", 1, null,
            $"If {meant} is meant, correct the trigger and publish: cxo journeys publish", NeedsPerson: true)
        : new Finding(
            $"nobody can have entered {journey.Key}: no {type} was received for {Long.TotalDays:0} days", 1, null,
            "Where it should have come, look at what sends it; events come in by POST /api/events, cxo events import, or a connection.", NeedsPerson: false);

    private string? Slip(string type)
    {
        var known = settings.EventTypes.Concat(EventTypes.Own).Concat(EventTypes.ToldByServices)
            .Concat(content.Journeys.Values.SelectMany(journey => journey.Steps.OfType<EmitStep>()).Select(step => step.Type)).ToHashSet(StringComparer.Ordinal);
        return known.Contains(type) ? null : Nearest.Of(type, known, LargestSlip);
    }
}
